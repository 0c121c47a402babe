using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Ethereum;
using ChatOps.Ethereum.Rpc;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>A follower whose turns a test takes, with a store and an intake that outlive it.</summary>
internal sealed class FollowedChain : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Endpoints are forgiven soon, because a test waits for it.</summary>
    private static readonly EthereumTimes Quick = new()
    {
        Patience = TimeSpan.FromMilliseconds(700),
        FirstRest = Duration.FromMilliseconds(20),
        LongestRest = Duration.FromMilliseconds(200),
        LookAround = Duration.FromMilliseconds(500),
        Silence = Duration.FromMilliseconds(300),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-chain-");
    private readonly HttpClient _http = RpcEndpoint.NewClient();
    private readonly LiteDbStore _store;
    private readonly ChainSettings _settings;
    private readonly EthereumTimes _times;
    private Tenure _tenure = null!;
    private ChainFollowing _following = null!;

    public FollowedChain(long chainId, IReadOnlyList<Uri> urls, long? startBlock = 0, int confirmations = 0, bool traces = false, TimeSpan? patience = null)
    {
        _times = Quick with { Patience = patience ?? Quick.Patience };
        _settings = new("test", chainId, ChainEndpoint.Named(urls), confirmations, startBlock, Duration.FromMilliseconds(100), traces, Duration.FromMinutes(10));
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), [ChainCursor.Collection, Lease.Collection, Term.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        Start();
    }

    public RecordingIntake Intake { get; } = new();

    public RecordingAlarm Alarm { get; } = new();

    public LogBook Log { get; } = new();

    /// <summary>All there is to ask the chain with.</summary>
    public EthereumChain Chain { get; private set; } = null!;

    public Task<ChainCursor?> Cursor => _store.Find<ChainCursor>("test").AsTask();

    /// <summary>The one before dies, as a process does; another begins with what is stored.</summary>
    public void Start()
    {
        _tenure?.Dispose();
        _tenure = new Tenure(new Term("chain/test"), TimeProvider.System.GetTimestamp(), Timeout.InfiniteTimeSpan, TimeProvider.System);
        Chain = new EthereumChain(_settings, _http, _times, TimeProvider.System, () => Intake.Addresses);
        var store = new PointedStore(_store, name => Intake.Point(name));
        _following = new ChainFollowing(Chain, Intake, store, Alarm, TimeProvider.System, new Logger<ChainFollowing>(LoggerFactory.Create(logging => logging.AddProvider(Log))));
    }

    public Task<TimeSpan> Turn() => _following.Turn(_tenure);

    /// <summary>Takes turns until it is so.</summary>
    public async Task Until(Func<Task<bool>> so, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await so())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"{what}\n{string.Join('\n', Log.Lines.TakeLast(10))}");
            var pause = await Turn();
            await Task.Delay(pause < TimeSpan.FromMilliseconds(20) ? pause : TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Takes turns until that block is the last that was read.</summary>
    public Task UntilAt(Word head) => Until(async () => await Cursor is { Gone.Count: 0 } cursor && cursor.Tip?.Hash == head, $"{head} was not reached.");

    public async ValueTask DisposeAsync()
    {
        _tenure.Dispose();
        _http.Dispose();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class PointedStore(IStore store, Action<string> point) : IStore
    {
        public ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
            where T : Document, IStored<T> => store.Find<T>(id, cancel);

        public ValueTask<IReadOnlyList<T>> List<T>(Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
            where T : Document, IStored<T> => store.List(index, keys, limit, descending, cancel);

        public ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
            where T : Document, IStored<T> => store.Count(index, keys, cancel);

        public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default)
        {
            point("before commit");
            var outcome = await store.Commit(commit, cancel);
            point("after commit");
            return outcome;
        }

        public ValueTask<long> NextNumber(string series, CancellationToken cancel = default) => store.NextNumber(series, cancel);
    }
}
