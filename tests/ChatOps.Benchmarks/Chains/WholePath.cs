using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Ethereum;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Benchmarks.Chains;

/// <summary>All that the bot does with a chain: fetch, decode, judge and store, in a data file of its own. Chats and timers do not run.</summary>
/// <param name="Rate">Blocks a second.</param>
/// <param name="Stored">How many transactions are stored in the end.</param>
/// <param name="Early">What was resident after a third, in bytes.</param>
internal sealed record WholePath(double Rate, int Stored, long? Early)
{
    /// <param name="url">The node.</param>
    /// <param name="blocks">How many it has.</param>
    /// <param name="folder">For the data file.</param>
    /// <param name="http">What it is asked with.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<WholePath> Follow(Uri url, int blocks, DirectoryInfo folder, HttpClient http, CancellationToken stop)
    {
        using var client = http;
        await using var app = global::Program.Build(
        [
            $"--Storage:ConnectionString=Filename={Path.Combine(folder.FullName, $"{Path.GetRandomFileName()}.db")}", "--Logging:LogLevel:Default=Error",
            "--Chains:0:Name=busy", "--Chains:0:ChainId=1", $"--Chains:0:RpcUrls:0={url}", "--Chains:0:StartBlock=0",
            .. BusyChain.Tokens.Select((token, i) => (Address: token, Kind: "MiniMe", Place: i)).Concat(BusyChain.Wallets.Select((wallet, i) => (Address: wallet, Kind: "Account", Place: BusyChain.Tokens.Count + i)))
                .SelectMany(each => new[] { $"--Contracts:Watch:{each.Place}:Address={each.Address}", $"--Contracts:Watch:{each.Place}:Kind={each.Kind}", $"--Contracts:Watch:{each.Place}:Label={each.Kind} {each.Place}" }),
        ]);
        var (store, intake) = (app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<ITransactionIntake>());
        var chain = new EthereumChain(app.Services.GetRequiredService<EthereumChain>().Settings, client, EthereumTimes.Usual, TimeProvider.System, () => intake.Watched("busy"));
        var following = new ChainFollowing(chain, intake, store, app.Services.GetRequiredService<IChainAlarm>(), TimeProvider.System, NullLogger<ChainFollowing>.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (began, took, early) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero, (long?)null);
        using var watch = new Timer(_ => early ??= chain.State.Cursor >= blocks / 3 ? ProcessUsage.Read(Environment.ProcessId)?.Memory : null, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        await app.Services.GetRequiredService<ILeases>().Hold(
            "chain/busy",
            async tenure =>
            {
                while (chain.State.Cursor != blocks - 1)
                {
                    await following.Turn(tenure);
                }

                took = TimeProvider.System.GetElapsedTime(began);
                await end.CancelAsync();
            },
            end.Token);
        stop.ThrowIfCancellationRequested();
        var cursor = await store.Find<ChainCursor>("busy", stop);
        var stored = await store.Count(Index<WatchedTransaction>.Id, Keys.All, stop);
        return cursor?.Next == blocks ? new(blocks / took.TotalSeconds, (int)stored, early) : throw new ServerException($"{cursor?.Next} of {blocks} blocks were read.");
    }
}
