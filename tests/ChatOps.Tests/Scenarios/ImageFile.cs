using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Tests.House;

namespace ChatOps.Tests.Scenarios;

/// <summary>The Dockerfile, as far as it can be followed without an engine: what is copied and run to build the program, and how that is started.</summary>
internal sealed class ImageFile
{
    /// <summary>What Microsoft's aspnet image says before our own ENV: dotnet/dotnet-docker, src/runtime-deps/10.0.</summary>
    private static readonly Dictionary<string, string> Base = new() { ["APP_UID"] = "1654", ["ASPNETCORE_HTTP_PORTS"] = "8080", ["DOTNET_RUNNING_IN_CONTAINER"] = "true" };

    private readonly List<(string Word, string Operands)> _lines;

    private ImageFile(string text) => _lines =
    [
        .. Regex.Replace(Regex.Replace(text, @"^#.*\n", "", RegexOptions.Multiline), @"\\\n\s*", "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])),
    ];

    public static ImageFile Ours { get; } = new(Checkout.Read("Dockerfile"));

    /// <summary>The environment that the program finds.</summary>
    public Dictionary<string, string> Environment => All("ENV").SelectMany(rest => rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(pair => pair.Split('=', 2)).Aggregate(new Dictionary<string, string>(Base), (all, pair) =>
        {
            all[pair[0]] = pair[1];
            return all;
        });

    public string User => Environment[All("USER").Single().TrimStart('$')];

    public string Volume => All("VOLUME").Single();

    public string[] Entrypoint => JsonSerializer.Deserialize<string[]>(All("ENTRYPOINT").Single())!;

    public string[] HealthCommand => JsonSerializer.Deserialize<string[]>(All("HEALTHCHECK").Single().Split("CMD ")[1])!;

    public IEnumerable<string> Froms => All("FROM");

    /// <summary>What comes out of the checkout: names, and where they go.</summary>
    public IEnumerable<(string[] Sources, string Target)> Copies => All("COPY").Where(rest => !rest.StartsWith("--from", StringComparison.Ordinal))
        .Select(rest => rest.Split(' ')).Select(names => (names[..^1], names[^1]));

    /// <summary>COPY and RUN dotnet of the build, in their order.</summary>
    public async Task Build(string folder, string target, Func<string, string[], Task> run)
    {
        foreach (var (word, rest) in _lines.TakeWhile(line => line != ("FROM", Froms.Last())))
        {
            if (word == "COPY")
            {
                var names = rest.Split(' ');
                names[..^1].ToList().ForEach(name => Copy(name.TrimEnd('/'), Path.Combine(folder, names[^1])));
            }
            else if (word == "RUN")
            {
                var words = rest.Split(' ').Select(each => each == "/out" ? target : each).ToArray();
                await run(words[0], words[1..]);
            }
        }
    }

    private static void Copy(string name, string to)
    {
        var from = Path.Combine(Checkout.Root, name);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [from])
        {
            var target = file == from ? Path.Combine(to, Path.GetFileName(file)) : Path.Combine(to, Path.GetRelativePath(from, file));
            if (!Regex.IsMatch(Checkout.Name(file), "(^|/)(bin|obj)/"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }
    }

    private IEnumerable<string> All(string word) => _lines.Where(line => line.Word == word).Select(line => line.Operands);
}
