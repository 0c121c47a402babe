using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Tests.House;

namespace ChatOps.Tests.Scenarios;

/// <summary>compose.yaml, line by line: no YAML reader, only the shape that it is written in.</summary>
internal sealed class ComposeFile(string text)
{
    public static ComposeFile Ours { get; } = new(Checkout.Read("compose.yaml"));

    public IEnumerable<string> Services => Section("services", 0).Split('\n').Select(line => Regex.Match(line, @"^  (\w+):$")).Where(match => match.Success).Select(match => match.Groups[1].Value);

    /// <summary>A service's lines.</summary>
    public string Service(string name) => Section(name, 2);

    /// <summary>A list that is written as JSON, as compose reads it: $$ is a $ there.</summary>
    public string[] List(string service, string key) =>
        [.. JsonSerializer.Deserialize<string[]>(Regex.Match(Service(service), $@"^\s+{key}: (\[.*\])$", RegexOptions.Multiline).Groups[1].Value)!.Select(word => word.Replace("$$", "$", StringComparison.Ordinal))];

    private string Section(string name, int indent)
    {
        var head = new string(' ', indent) + name + ":";
        return string.Join('\n', text.Split('\n').SkipWhile(line => line != head).Skip(1).TakeWhile(line => line.Length == 0 || line.StartsWith(new string(' ', indent + 1), StringComparison.Ordinal)));
    }
}
