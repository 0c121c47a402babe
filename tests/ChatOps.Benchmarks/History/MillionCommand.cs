using System.CommandLine;
using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using ChatOps.Core.Time;
using ChatOps.Storage.LiteDb;
using NodaTime;

namespace ChatOps.Benchmarks.History;

/// <summary>The bot on a file with very many resolved alerts, and on an empty one: how it starts, answers, and what memory it takes.</summary>
internal sealed class MillionCommand(TextWriter output)
{
    private const int OneInSoMany = 10;
    private const int Connections = 4;

    // With what the clicks need that is ten thousand requests to each bot.
    private static readonly (string Load, int WarmUp, int Requests)[] Loads = [("who", 500, 4_500), ("new", 300, 1_700), ("ack", 300, 1_200)];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static Command Make(PlanOptions plan, TextWriter output)
    {
        var alerts = new Option<int>("--alerts") { Description = "How many resolved alerts.", DefaultValueFactory = _ => 1_000_000 }.Within(1, 10_000_000);
        var file = new Option<string?>("--file") { Description = "Filled if it is not there, used as it is otherwise, and kept. Without it one is made and removed." };
        var command = new Command("million", "The bot on a file with a million resolved alerts, and on an empty one.") { alerts, file };
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(plan.Folder)!, $"chatops-million-{Path.GetRandomFileName()}"));
            try
            {
                await new MillionCommand(output).Run(parsed.GetValue(alerts), parsed.GetValue(file) ?? Path.Combine(folder.FullName, "million.db"), folder.FullName, cancel);
                return 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private async Task Run(int alerts, string file, string folder, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            await Fill(file, alerts, cancel);
        }

        await output.WriteLineAsync($"{alerts:N0} resolved alerts, one in {OneInSoMany} with its episode, 3 entries and 4 messages: {new FileInfo(file).Length / 1e6:N0} MB\n");
        var table = new Table(["file", "ready after s", "RSS MB", .. Loads.SelectMany(load => new[] { $"{load.Load} p50 ms", "p99" }), "RSS MB after 10,000 requests", "errors"]);
        table.Add(["empty", .. await Measure(Path.Combine(folder, "empty.db"), folder, cancel)]);
        table.Add([$"{alerts:N0}", .. await Measure(file, folder, cancel)]);
        table.Print(output);
    }

    private async Task Fill(string file, int alerts, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        var last = began;
        await using var store = PastAlerts.Open(() => DatabaseFiles.Open(file, TimeProvider.System));
        var now = TimeProvider.System.Now();
        // Younger than what retention condenses: all of it is still there.
        await new PastAlerts(store).Fill(alerts, OneInSoMany, now - Duration.FromDays(80), now - Duration.FromHours(1), done =>
        {
            if (TimeProvider.System.GetElapsedTime(last) > BetweenLines)
            {
                last = TimeProvider.System.GetTimestamp();
                output.WriteLine($"{done:N0} of {alerts:N0} alerts stored");
            }
        }, cancel);
        await output.WriteLineAsync($"filled in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
    }

    private static async Task<List<string>> Measure(string file, string folder, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var started = await new Starting(folder).ChatOps(file, Connections, cancel);
        var ready = TimeProvider.System.GetElapsedTime(began);
        List<string> cells = [Table.Number(ready.TotalSeconds), Megabytes(started.Server)];
        var faults = 0;
        foreach (var (name, warmUp, requests) in Loads)
        {
            var load = TargetLoads.Of(Target.ChatOps, new AlertBodies(TimeProvider.System)).Single(load => load.Name == name);
            var measured = await new LoadDriver(new LoadPlan(Connections, requests, Longest, null, warmUp), TimeProvider.System).Run(started.Server, load, cancel);
            cells.AddRange([Table.Number(measured.Percentile(0.5)), Table.Number(measured.Percentile(0.99))]);
            faults += measured.Faults.Count;
        }

        return [.. cells, Megabytes(started.Server), $"{faults}"];
    }

    private static string Megabytes(Server server) => Table.Number(server.Usage?.Memory / 1e6, "0");
}
