using System.CommandLine;
using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using Table = ChatOps.Benchmarks.Measuring.Table;

namespace ChatOps.Benchmarks;

/// <summary>What Slack sends, into the bot and into an endpoint that only checks the signature, in turns, on one connection unless told otherwise.</summary>
internal static class SlackCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly Target[] Turns = [Target.Bare, Target.ChatOps];

    public static Command Make(PlanOptions plan, Func<Func<Task<IReadOnlyList<Measurement>>>, Task<int>> guarded, TextWriter output)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each server has its turn; the median counts.", DefaultValueFactory = _ => 3 }.Within(1, 20);
        var command = new Command("slack", "Signed /oncall who and clicks on Acknowledge into the bot, beside an endpoint that only checks the signature.") { rounds };
        command.SetAction((parsed, stop) => guarded(async () =>
        {
            var read = plan.SaysConnections(parsed) ? plan.Read(parsed) : plan.Read(parsed) with { Connections = 1 };
            await output.WriteLineAsync(read.Words);
            return await Run(read, new Starting(parsed.GetValue(plan.Folder)!), parsed.GetValue(rounds), output, stop);
        }));
        return command;
    }

    private static async Task<IReadOnlyList<Measurement>> Run(LoadPlan plan, Starting starting, int rounds, TextWriter output, CancellationToken cancel)
    {
        await using var slack = await SilentSlack.Start(cancel);
        var all = new List<(Target Target, Measurement Measured)>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var target in Turns)
            {
                await using var started = target == Target.Bare ? await starting.Start(target, plan, cancel) : await starting.ChatOps(null, plan.Connections, cancel, Settings(slack));
                started.Server.Settles = false;
                foreach (var load in SlackLoads.All(opensAlerts: target == Target.ChatOps))
                {
                    all.Add((target, await new LoadDriver(plan, TimeProvider.System).Run(started.Server, load, cancel)));
                }

                if (target == Target.ChatOps)
                {
                    await Check(started.Server, all[^1].Measured.Requests + (plan.WarmUp / all[^1].Measured.Load.Share), cancel);
                }
            }
        }

        Print(all, rounds, output);
        return [.. all.Select(each => each.Measured)];
    }

    private static string[] Settings(SilentSlack slack) =>
    [
        "--Chat:Platforms:0=Slack", $"--Slack:ApiBaseUrl={slack.Api}", "--Slack:BotToken=xoxb-benchmark", $"--Slack:SigningSecret={SlackLoads.SigningSecret}", $"--Sources:Alertmanager:Secret={SlackLoads.HookSecret}",
    ];

    /// <summary>A click that only says no is quick: the alerts have to be acknowledged.</summary>
    private static async Task Check(Server server, int clicks, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        double acknowledged;
        while ((acknowledged = await server.Metric("chatops_commands_total{command=\"alert ack\",outcome=\"done\"}", cancel)) != clicks)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline)
            {
                throw new ServerException($"Of {clicks} clicks {acknowledged} have acknowledged an alert.");
            }

            // Slack hears that we have a click before it is done.
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    private static void Print(List<(Target Target, Measurement Measured)> all, int rounds, TextWriter output)
    {
        output.WriteLine($"\nThe median of {rounds} rounds by processor time, and every round's p99\n");
        var table = new Table("load", "server", "CPU ms each", "to bare", "p50 ms", "p99 ms", "max ms", "p99 of each round");
        foreach (var load in SlackLoads.All(opensAlerts: false).Select(load => load.Name))
        {
            double? bare = null;
            foreach (var target in Turns)
            {
                var turns = all.Where(each => each.Target == target && each.Measured.Load.Name == load).Select(each => each.Measured).OrderBy(each => each.Cpu).ToList();
                var median = turns[turns.Count / 2];
                bare ??= median.Cpu;
                table.Add(
                    load,
                    target.ToString().ToLowerInvariant(),
                    Table.Number(median.Cpu, "0.000"),
                    Table.Number(median.Cpu / bare, "0.0"),
                    Table.Number(median.Percentile(0.5), "0.00"),
                    Table.Number(median.Percentile(0.99), "0.00"),
                    Table.Number(median.Percentile(1), "0.00"),
                    string.Join(", ", turns.Select(each => Table.Number(each.Percentile(0.99), "0.00"))));
            }
        }

        table.Print(output);
    }
}
