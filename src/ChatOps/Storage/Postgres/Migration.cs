using System.Globalization;
using System.Reflection;

namespace ChatOps.Storage.Postgres;

/// <summary>A numbered file of statements beside this one: <c>0001-what-it-does.sql</c>. What was released is never changed; the next change is the next file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">What it does.</param>
/// <param name="Statements">SQL.</param>
internal sealed record Migration(int Number, string Name, string Statements)
{
    private const string Folder = "ChatOps.Storage.Postgres.Migrations.";

    public static IReadOnlyList<Migration> All { get; } = [.. Read().OrderBy(migration => migration.Number)];

    private static IEnumerable<Migration> Read()
    {
        var program = Assembly.GetExecutingAssembly();
        foreach (var file in program.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var content = new StreamReader(program.GetManifestResourceStream(file)!);
            var name = Path.GetFileNameWithoutExtension(file[Folder.Length..]);
            yield return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name[5..], content.ReadToEnd());
        }
    }
}
