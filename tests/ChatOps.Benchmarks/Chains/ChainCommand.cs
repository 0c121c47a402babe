using System.CommandLine;
using System.Globalization;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using ChatOps.Ethereum.Rpc;
using Table = ChatOps.Benchmarks.Measuring.Table;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Blocks a second that the bot fetches, decodes, judges and stores, beside a client that sends the same requests and throws the answers away, and beside a scanner on viem.</summary>
internal static class ChainCommand
{
    private const double Wanted = 0.7;
    private const double WantedOverViem = 3;

    public static Command Make(PlanOptions plan, TextWriter output, TextWriter errors)
    {
        var blocks = new Option<int>("--blocks") { Description = "How many blocks the chain has.", DefaultValueFactory = _ => 2_000 }.Within(100, 10_000);
        var transactions = new Option<int>("--transactions") { Description = "How many are in each.", DefaultValueFactory = _ => 200 }.Within(1, 1_000);
        var touching = new Option<int>("--touching") { Description = "How many of a hundred thousand touch something watched.", DefaultValueFactory = _ => 600 }.Within(0, 100_000);
        var rounds = new Option<int>("--rounds") { Description = "How often each has its turn; the median counts.", DefaultValueFactory = _ => 5 }.Within(1, 100);
        var command = new Command("chain", $"Blocks a second from a node's memory to what is judged and stored, beside a client that throws the same answers away (fails below {Wanted.ToString(CultureInfo.InvariantCulture)} of that) and a scanner on viem (fails below {WantedOverViem} times that).") { blocks, transactions, touching, rounds };
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await Measure(plan.Folder, blocks, transactions, touching, rounds, parsed, output, stop);
            }
            catch (Exception fault) when (fault is ServerException or HttpRequestException or IOException or OperationCanceledException)
            {
                await errors.WriteLineAsync(fault.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> Measure(
        Option<string> folderOption, Option<int> blocks, Option<int> transactions, Option<int> touching, Option<int> rounds, ParseResult parsed, TextWriter output, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(folderOption)!, $"chatops-chain-{Path.GetRandomFileName()}"));
        var count = parsed.GetValue(blocks);
        await using var server = new ServerProcess("dotnet", folder, [typeof(ChainCommand).Assembly.Location, ChainServer.Name, $"{count}", $"{parsed.GetValue(transactions)}", $"{parsed.GetValue(touching)}"]);
        var url = await server.Listens(stop);
        using var thrower = new Thrower();
        await WholePath.Follow(url, count, folder, new HttpClient(thrower, disposeHandler: false), stop);
        await thrower.Repeat(stop);

        var table = new Table("round", "thrown away blocks/s", "whole path blocks/s", "ratio", "viem blocks/s", "ratio", "stored", "viem found", "CPU ms a block: thrown", "whole path", "RSS MB after a third", "at the end", "viem RSS MB");
        var (ratios, overViem) = (new List<double>(), new List<double>());
        for (var round = 1; round <= parsed.GetValue(rounds); round++)
        {
            var (began, idle) = (TimeProvider.System.GetTimestamp(), ProcessUsage.Read(Environment.ProcessId));
            await thrower.Repeat(stop);
            var thrown = count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            var before = ProcessUsage.Read(Environment.ProcessId);
            var whole = await WholePath.Follow(url, count, folder, RpcEndpoint.NewClient(), stop);
            var after = ProcessUsage.Read(Environment.ProcessId);
            var viem = await ViemScanner.Scan(url, count, stop);
            ratios.Add(whole.Rate / thrown);
            overViem.AddRange(viem is null ? [] : [whole.Rate / viem.Rate]);
            table.Add(
                $"{round}",
                Table.Number(thrown, "0"),
                Table.Number(whole.Rate, "0"),
                Table.Number(ratios[^1]),
                viem is null ? "" : Table.Number(viem.Rate, "0"),
                viem is null ? "" : Table.Number(overViem[^1]),
                $"{whole.Stored}",
                $"{viem?.Wanted}",
                Table.Number((before?.Cpu - idle?.Cpu)?.TotalMilliseconds / count),
                Table.Number((after?.Cpu - before?.Cpu)?.TotalMilliseconds / count),
                Table.Number(whole.Early / 1e6, "0"),
                Table.Number(after?.Memory / 1e6, "0"),
                viem is null ? "" : Table.Number(viem.Megabytes, "0"));
        }

        table.Print(output);
        var median = Median(ratios);
        await output.WriteLineAsync($"\n{Table.Number(median)} of a client that throws the same {thrower.Count} answers away; at least {Table.Number(Wanted)} are wanted.");
        await output.WriteLineAsync(overViem.Count > 0
            ? $"{Table.Number(Median(overViem))} times a scanner on viem; at least {Table.Number(WantedOverViem)} are wanted."
            : "viem is not installed: npm install --prefix tests/ChatOps.Benchmarks/Chains/viem --no-save");
        return median >= Wanted && (overViem.Count == 0 || Median(overViem) >= WantedOverViem) ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
