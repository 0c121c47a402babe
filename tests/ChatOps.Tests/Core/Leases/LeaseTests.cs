using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Core.Leases;

/// <summary>The contract on the embedded store, with replicas that only a test can have there, and what holds for one process alone.</summary>
public sealed class LeaseTests : LeaseContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-leases-");
    private LiteDbStore _store = null!;

    [Fact]
    public async Task Work_that_breaks_off_with_a_fault_when_the_program_stops_is_no_fault()
    {
        var leases = new SoleLeases(_store, new Replica("one"), new FakeTimeProvider(), NullLogger<SoleLeases>.Instance);
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var holding = leases.Hold(
            "chat/slack",
            async tenure =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, tenure.Ended).ContinueWith(_ => { }, TaskScheduler.Default);
                throw new IOException("The answer did not come to its end");
            },
            stop.Token);
        await begun.Task;
        await stop.CancelAsync();
        await holding;
    }

    [Fact]
    public async Task Who_has_the_store_alone_has_every_lease_at_once_whatever_a_killed_one_left()
    {
        await _store.Commit(new Commit().Put(new Lease("chat/slack", "one", "killed")).Put(new Term("chat/slack", "one")));
        var clock = new FakeTimeProvider();
        var leases = new SoleLeases(_store, new Replica("one"), clock, NullLogger<SoleLeases>.Instance);
        using var stop = new CancellationTokenSource();
        Tenure? tenure = null;
        var holding = leases.Hold(
            "chat/slack",
            async won =>
            {
                tenure = won;
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, won.Ended);
            },
            stop.Token);

        clock.Advance(TimeSpan.FromDays(30));
        Assert.False(tenure!.IsOver);
        Assert.Equal(CommitOutcome.Stored, await _store.Commit(new Commit().Expect(tenure.Term)));
        await stop.CancelAsync();
        await holding;
        Assert.True(tenure.IsOver);
    }

    [Fact]
    public void A_tenure_is_over_by_the_clock_although_no_timer_has_come_round()
    {
        var clock = new ClockWithoutTimers();
        using var tenure = new Tenure(new Term("pager"), clock.GetTimestamp(), TimeSpan.FromSeconds(6), clock);
        tenure.ThrowIfOver();
        clock.Now = 6;
        Assert.False(tenure.Ended.IsCancellationRequested);
        Assert.Throws<OperationCanceledException>(tenure.ThrowIfOver);
        Assert.True(tenure.Ended.IsCancellationRequested);

        tenure.Renewed(clock.GetTimestamp());
        Assert.True(tenure.IsOver);
    }

    protected override Task<IStore> OpenStore(IReadOnlyList<Collection> collections)
    {
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), collections, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        return Task.FromResult<IStore>(_store);
    }

    protected override async Task CloseStore()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A process that has just been woken: the time has moved on and nothing else has.</summary>
    private sealed class ClockWithoutTimers : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
