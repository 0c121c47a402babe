namespace ChatOps.Tests;

/// <summary>A test that needs a program which is not part of .NET. Where it is missing the test is skipped and says so; <c>./test</c> installs it first.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NeedsProgramAttribute : FactAttribute
{
    private const string Postgres = "/usr/lib/postgresql";

    public NeedsProgramAttribute(string program)
    {
        Program = program;
        if (PathOf(program) is null)
        {
            Skip = $"{program} is not installed; ./test installs it.";
        }
    }

    public string Program { get; }

    /// <summary>Where the program is, or null when it is neither on PATH nor where Debian puts PostgreSQL.</summary>
    public static string? PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(Directory.Exists(Postgres) ? Directory.GetDirectories(Postgres).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
