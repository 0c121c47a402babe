using System.CommandLine;
using ChatOps.Benchmarks.Measuring;

namespace ChatOps.Benchmarks.Throughput;

/// <summary>Durable small writes beside stock LiteDB's in the same run. Exit code 1 when many callers together are not five times as fast.</summary>
internal static class StoreCommand
{
    private const double Wanted = 5;
    private const int Many = 64;
    private const int ForEachCaller = 150;
    private const int LeastCommits = 600;

    public static Command Make(PlanOptions plan, TextWriter output)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each has its turn; the median counts.", DefaultValueFactory = _ => 3 }.Within(1, 20);
        var command = new Command("store", $"Durable commits of the store against LiteDB's own inserts, in turns; fails when {Many} callers are not {Wanted} times as fast.") { rounds };
        command.SetAction(async (parsed, _) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(plan.Folder)!, $"chatops-store-{Path.GetRandomFileName()}"));
            try
            {
                var table = new Table("round", "stock, 1 caller /s", "store, 1 caller /s", "8 callers /s", $"{Many} callers /s", "ratio");
                var ratios = new List<double>();
                for (var round = 1; round <= parsed.GetValue(rounds); round++)
                {
                    var stock = StockInserts.Measure(Path.Combine(folder.FullName, $"stock{round}.db"), LeastCommits);
                    var rates = new List<double>();
                    foreach (var callers in new[] { 1, 8, Many })
                    {
                        rates.Add(await StoreCommits.Measure(Path.Combine(folder.FullName, $"store{round}-{callers}.db"), Math.Max(LeastCommits, callers * ForEachCaller), callers));
                    }

                    ratios.Add(rates[^1] / stock);
                    table.Add([$"{round}", .. rates.Prepend(stock).Select(rate => Table.Number(rate, "0")), Table.Number(ratios[^1], "0.0")]);
                }

                table.Print(output);
                var median = ratios.Order().ElementAt(ratios.Count / 2);
                await output.WriteLineAsync($"\n{Many} callers: {Table.Number(median, "0.0")} times stock LiteDB; at least {Wanted} are wanted.");
                return median >= Wanted ? 0 : 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }
}
