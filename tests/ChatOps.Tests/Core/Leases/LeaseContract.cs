using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage;
using ChatOps.Tests.Conformance;

namespace ChatOps.Tests.Core.Leases;

/// <summary>
/// What replicas may rely on, whatever store they share. Each has a clock of its own: one whose clock stands is one that was stopped in the middle of something.
/// </summary>
public abstract class LeaseContract : IAsyncLifetime
{
    private const string Name = "chat/slack";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<Contender> _replicas = [];
    private readonly LocalSignals _signals = new();
    private IStore _store = null!;

    public async Task InitializeAsync() => _store = await OpenStore([Lease.Collection, Term.Collection]);

    public async Task DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await CloseStore();
    }

    [ContractFact]
    public async Task The_first_has_it_at_once_and_keeps_it_while_it_lives()
    {
        var (first, second) = (Replica("one"), Replica("two"));
        var tenure = await first.StartsAndWins();
        second.Starts();
        await second.Looks();
        for (var i = 0; i < 30; i++)
        {
            await first.Clock.Pass(Second);
            await second.Clock.Pass(Second);
        }

        Assert.False(tenure.IsOver);
        Assert.Equal(1, tenure.Term.Version);
        Assert.Null(second.Tenure);
        Assert.Equal([new LeaseState(Name, IsHeld: false, "one")], second.Leases.States);
        Assert.Equal([new LeaseState(Name, IsHeld: true, "one")], first.Leases.States);
    }

    [ContractFact]
    public async Task One_that_was_stopped_loses_it_when_another_has_waited_for_the_whole_length_and_not_before()
    {
        var (stopped, other) = (Replica("one"), Replica("two"));
        var before = await stopped.StartsAndWins();
        other.Starts();
        await other.Looks();
        await other.Clock.Pass(LeaseTimes.Length - Second);
        Assert.Null(other.Tenure);

        await other.Clock.Pass(Second);
        var after = await other.Wins();
        Assert.Equal(before.Term.Version + 1, after.Term.Version);

        // The first does not know, and believes in it; the store does not.
        Assert.False(before.IsOver);
        Assert.Equal(CommitOutcome.Conflict, await _store.Commit(new Commit().Expect(before.Term).PutOnce(new Lease("done by one"))));
        Assert.Equal(CommitOutcome.Stored, await _store.Commit(new Commit().Expect(after.Term).PutOnce(new Lease("done by two"))));

        stopped.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(before.IsOver);
        Assert.Throws<OperationCanceledException>(before.ThrowIfOver);
        await stopped.HasLost();
        await other.Clock.Pass(LeaseTimes.Renewal);
        Assert.False(after.IsOver);
    }

    [ContractFact]
    public async Task One_that_stops_in_order_gives_it_back_and_another_has_it_at_once()
    {
        var (first, second) = (Replica("one"), Replica("two"));
        await first.StartsAndWins();
        second.Starts();
        await second.Looks();

        await first.Stops();
        var tenure = await second.Wins(); // and no clock has moved
        Assert.Equal(2, tenure.Term.Version);
        Assert.Equal("two", (await _store.Find<Lease>(Name))!.Holder);
    }

    [ContractFact]
    public async Task Who_cannot_renew_it_stops_before_anybody_else_may_begin()
    {
        var holder = Replica("one");
        var tenure = await holder.StartsAndWins();
        await holder.Looks();
        holder.Store.IsAway = true;
        await holder.Clock.Pass(LeaseTimes.Length - LeaseTimes.Margin - Second);
        Assert.False(tenure.IsOver);

        holder.Clock.Advance(Second);
        Assert.True(tenure.IsOver);
        await holder.HasLost();
    }

    [ContractFact]
    public async Task Of_a_crowd_that_takes_it_at_once_one_has_it()
    {
        var crowd = Enumerable.Range(0, 8).Select(number => Replica($"replica-{number}")).ToList();
        crowd.ForEach(replica => replica.Starts());
        await Task.WhenAll(crowd.Select(replica => replica.Looks()));
        Assert.Single(crowd, replica => replica.Leases.States is [{ IsHeld: true }]);
        Assert.Equal(1, (await _store.Find<Term>(Name))!.Version);
    }

    protected abstract Task<IStore> OpenStore(IReadOnlyList<Collection> collections);

    protected abstract Task CloseStore();

    private Contender Replica(string name)
    {
        var replica = new Contender(name, Name, _store, _signals);
        _replicas.Add(replica);
        return replica;
    }
}
