using System.CommandLine;
using System.Globalization;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Leases;
using ChatOps.Ethereum;
using ChatOps.Ethereum.Rpc;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Table = ChatOps.Benchmarks.Measuring.Table;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Blocks a second that a follower brings in, beside a client that sends the same requests and throws the answers away.</summary>
internal static class ChainCommand
{
    private const double Wanted = 0.7;

    public static Command Make(PlanOptions plan, TextWriter output, TextWriter errors)
    {
        var blocks = new Option<int>("--blocks") { Description = "How many blocks the chain has.", DefaultValueFactory = _ => 2_000 }.Within(100, 10_000);
        var transactions = new Option<int>("--transactions") { Description = "How many are in each.", DefaultValueFactory = _ => 200 }.Within(1, 1_000);
        var rounds = new Option<int>("--rounds") { Description = "How often each has its turn; the median counts.", DefaultValueFactory = _ => 5 }.Within(1, 100);
        var command = new Command("chain", $"Blocks a second from a node's memory to what touches, beside a client that throws the same answers away; fails below {Wanted.ToString(CultureInfo.InvariantCulture)} of that.") { blocks, transactions, rounds };
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await Measure(plan.Folder, blocks, transactions, rounds, parsed, output, stop);
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
        Option<string> folderOption, Option<int> blocks, Option<int> transactions, Option<int> rounds, ParseResult parsed, TextWriter output, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(folderOption)!, $"chatops-chain-{Path.GetRandomFileName()}"));
        var count = parsed.GetValue(blocks);
        await using var server = new ServerProcess("dotnet", folder, [typeof(ChainCommand).Assembly.Location, ChainServer.Name, $"{count}", $"{parsed.GetValue(transactions)}"]);
        var url = await server.Listens(stop);
        using var thrower = new Thrower();
        await Follow(url, count, folder, new HttpClient(thrower, disposeHandler: false), stop);
        await thrower.Repeat(stop);

        var table = new Table("round", "thrown away blocks/s", "followed blocks/s", "ratio", "touching", "CPU ms a block: thrown", "followed", "RSS MB");
        var ratios = new List<double>();
        for (var round = 1; round <= parsed.GetValue(rounds); round++)
        {
            var (began, idle) = (TimeProvider.System.GetTimestamp(), ProcessUsage.Read(Environment.ProcessId));
            await thrower.Repeat(stop);
            var thrown = count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            var before = ProcessUsage.Read(Environment.ProcessId);
            var (rate, touching) = await Follow(url, count, folder, RpcEndpoint.NewClient(), stop);
            var after = ProcessUsage.Read(Environment.ProcessId);
            ratios.Add(rate / thrown);
            table.Add(
                $"{round}",
                Table.Number(thrown, "0"),
                Table.Number(rate, "0"),
                Table.Number(ratios[^1]),
                $"{touching}",
                Table.Number((before?.Cpu - idle?.Cpu)?.TotalMilliseconds / count),
                Table.Number((after?.Cpu - before?.Cpu)?.TotalMilliseconds / count),
                Table.Number(after?.Memory / 1e6, "0"));
        }

        table.Print(output);
        var median = ratios.Order().ElementAt(ratios.Count / 2);
        await output.WriteLineAsync($"\n{Table.Number(median)} of a client that throws the same {thrower.Count} answers away; at least {Table.Number(Wanted)} are wanted.");
        return median >= Wanted ? 0 : 1;
    }

    /// <summary>All of the follower, with a data file for its cursor.</summary>
    private static async Task<(double Rate, int Touching)> Follow(Uri url, int blocks, DirectoryInfo folder, HttpClient http, CancellationToken stop)
    {
        using var client = http;
        await using var store = LiteDbStore.Open(Path.Combine(folder.FullName, $"{Path.GetRandomFileName()}.db"), [ChainCursor.Collection, Lease.Collection, Term.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        var settings = new ChainSettings("busy", 1, ChainEndpoint.Named([url]), Confirmations: 0, StartBlock: 0, Duration.FromSeconds(1), Traces: false, LagAlarm: Duration.Zero);
        var intake = new CountingIntake();
        var chain = new EthereumChain(settings, client, EthereumTimes.Usual, TimeProvider.System, () => intake.Watched("busy"));
        var following = new ChainFollowing(chain, intake, store, new NoAlarm(), TimeProvider.System, NullLogger<ChainFollowing>.Instance);
        var began = TimeProvider.System.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await new SoleLeases(store, new Replica("benchmark"), TimeProvider.System, NullLogger<SoleLeases>.Instance).Hold(
            "chain/busy",
            async tenure =>
            {
                while (chain.State.Cursor != blocks - 1)
                {
                    await following.Turn(tenure);
                }

                await end.CancelAsync();
            },
            end.Token);
        var took = TimeProvider.System.GetElapsedTime(began);
        return intake.Blocks == blocks ? (blocks / took.TotalSeconds, intake.Transactions) : throw new ServerException($"{intake.Blocks} of {blocks} blocks were read.");
    }

    private sealed class NoAlarm : IChainAlarm
    {
        public Task ChainLags(string chain, string? why, CancellationToken cancel) => Task.CompletedTask;

        public Task ChainDisagrees(string chain, string? why, CancellationToken cancel) => Task.CompletedTask;

        public Task EndpointSilent(string chain, string endpoint, string? why, CancellationToken cancel) => Task.CompletedTask;

        public Task ChainReplaced(string chain, string what, CancellationToken cancel) => Task.CompletedTask;
    }
}
