using System.CommandLine;

namespace ChatOps.Benchmarks;

/// <summary>The options that say how loads are sent, the same for every sub-command.</summary>
internal sealed class PlanOptions
{
    private readonly Option<int> _connections = new Option<int>("--connections") { Description = "Requests under way at once.", DefaultValueFactory = _ => 16, Recursive = true }.Within(1, 256);
    private readonly Option<int> _requests = new Option<int>("--requests") { Description = "How many are measured of each load (of groups of 100 a tenth).", DefaultValueFactory = _ => 2000, Recursive = true }.Within(1, 100_000);
    private readonly Option<int> _seconds = new Option<int>("--seconds") { Description = "How long each load may take at most.", DefaultValueFactory = _ => 60, Recursive = true }.Within(1, 600);
    private readonly Option<int> _rate = new Option<int>("--rate") { Description = "Open loop: so many requests a second fall due, answered or not. Without it the loop is closed.", Recursive = true }.Within(1, 100_000);
    private readonly Option<int> _warmUp = new Option<int>("--warm-up") { Description = "Requests of each load that go first and are not measured.", DefaultValueFactory = _ => 500, Recursive = true }.Within(0, 100_000);

    /// <summary>On a disk: a file system in memory has nothing to sync.</summary>
    public Option<string> Folder { get; } = new("--folder") { Description = "Where the data files of the servers go while they run.", DefaultValueFactory = _ => Path.GetTempPath(), Recursive = true };

    public List<Option> All => [_connections, _requests, _seconds, _rate, _warmUp, Folder];

    /// <summary>Whether somebody said how many connections.</summary>
    public bool SaysConnections(ParseResult parsed) => parsed.GetResult(_connections) is { Implicit: false };

    public LoadPlan Read(ParseResult parsed) => new(
        parsed.GetValue(_connections),
        parsed.GetValue(_requests),
        TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        parsed.GetValue(_rate) is > 0 and var rate ? rate : null,
        parsed.GetValue(_warmUp));
}

internal static class Bounds
{
    /// <summary>Refuses numbers outside of the bounds, in words.</summary>
    public static Option<int> Within(this Option<int> option, int least, int most)
    {
        option.Validators.Add(given =>
        {
            if (given is { Implicit: false, Tokens.Count: 1 } && (!int.TryParse(given.Tokens[0].Value, out var number) || number < least || number > most))
            {
                given.AddError($"{option.Name} takes a number from {least} to {most}.");
            }
        });
        return option;
    }
}
