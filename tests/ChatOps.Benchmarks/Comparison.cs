using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;

namespace ChatOps.Benchmarks;

/// <summary>
/// The same alerts into a bare endpoint, Alertmanager and the bot, in turns, each time in a new process. Of several rounds the median by requests a second counts: on a machine
/// that others use too a single round says little.
/// </summary>
internal sealed class Comparison(LoadPlan plan, Starting starting, TextWriter output)
{
    private static readonly Target[] Turns = [Target.Bare, Target.Alertmanager, Target.ChatOps];

    /// <returns>Every measurement, for its errors.</returns>
    public async Task<IReadOnlyList<Measurement>> Run(int rounds, CancellationToken cancel)
    {
        var all = new List<(Target Target, Measurement Measured)>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var target in Turns)
            {
                await using var started = await starting.Start(target, plan, cancel);
                var bodies = new AlertBodies(TimeProvider.System);
                foreach (var load in TargetLoads.Of(target, bodies).Where(load => Names.Contains(load.Name)))
                {
                    all.Add((target, await new LoadDriver(plan, TimeProvider.System).Run(started.Server, load, cancel)));
                }
            }
        }

        var medians = Turns.ToDictionary(target => target, target => Names.ToDictionary(name => name, name => Median([.. all.Where(each => each.Target == target && each.Measured.Load.Name == name).Select(each => each.Measured)])));
        foreach (var (target, measured) in medians)
        {
            await output.WriteLineAsync($"\n{target}, {(rounds == 1 ? "one round" : $"the median of {rounds} rounds")}\n");
            Table.Of(measured.Values).Print(output);
        }

        Ratios(medians).Print(output);
        return [.. all.Select(each => each.Measured)];
    }

    private static IReadOnlyList<string> Names { get; } = [.. MonitoringLoads.Webhooks(new AlertBodies(TimeProvider.System)).Select(load => load.Name)];

    private static Measurement Median(List<Measurement> rounds) => rounds.OrderBy(each => each.Throughput).ElementAt(rounds.Count / 2);

    private Table Ratios(Dictionary<Target, Dictionary<string, Measurement>> medians)
    {
        output.WriteLine("\nChatOps to the others (1 is the same; requests/s the more the better, the rest the less)\n");
        var table = new Table("load", "to", "requests/s", "p50", "p99", "CPU each", "with what follows", "RSS peak");
        foreach (var name in Names)
        {
            foreach (var peer in Turns.Where(target => target != Target.ChatOps))
            {
                var (bot, other) = (medians[Target.ChatOps][name], medians[peer][name]);
                table.Add(
                    name,
                    peer.ToString().ToLowerInvariant(),
                    Table.Number(bot.Throughput / other.Throughput),
                    Table.Number(bot.Percentile(0.5) / other.Percentile(0.5), "0.0"),
                    Table.Number(bot.Percentile(0.99) / other.Percentile(0.99), "0.0"),
                    Table.Number(bot.Cpu / other.Cpu, "0.0"),
                    Table.Number(bot.WholeCpu / other.WholeCpu, "0.0"),
                    Table.Number((double?)bot.AtRest?.Peak / other.AtRest?.Peak, "0.0"));
            }
        }

        return table;
    }
}
