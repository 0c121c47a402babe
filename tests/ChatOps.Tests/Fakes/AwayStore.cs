using ChatOps.Core.Storage;

namespace ChatOps.Tests.Fakes;

/// <summary>A store that can be out of reach.</summary>
internal sealed class AwayStore(IStore store) : IStore
{
    public bool IsAway { get; set; }

    private IStore Store => IsAway ? throw new StoreException("The database is away") : store;

    public ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.Find<T>(id, cancel);

    public ValueTask<IReadOnlyList<T>> List<T>(Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.List(index, keys, limit, descending, cancel);

    public ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.Count(index, keys, cancel);

    public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default) => Store.Commit(commit, cancel);

    public ValueTask<long> NextNumber(string series, CancellationToken cancel = default) => Store.NextNumber(series, cancel);
}
