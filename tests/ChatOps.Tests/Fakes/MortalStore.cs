using ChatOps.Core.BugReports;
using ChatOps.Core.Storage;

namespace ChatOps.Tests.Fakes;

/// <summary>A store whose process dies right before or right after one of its commits of a bug report: from then on nothing is stored and nothing is read any more.</summary>
/// <param name="store">What is there when it is started again.</param>
/// <param name="commit">Which commit, counted from when it is told to die.</param>
/// <param name="after">Whether that commit is still stored.</param>
internal sealed class MortalStore(IStore store, int commit, bool after) : IStore
{
    public const string Death = "The process has died";

    private int _left = int.MaxValue;
    private volatile bool _dead;

    public bool IsDead => _dead;

    private IStore Store => _dead ? throw new StoreException(Death) : store;

    /// <summary>From now on its commits are counted.</summary>
    public void Count() => Interlocked.Exchange(ref _left, commit);

    public ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.Find<T>(id, cancel);

    public ValueTask<IReadOnlyList<T>> List<T>(Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.List(index, keys, limit, descending, cancel);

    public ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T> => Store.Count(index, keys, cancel);

    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default)
    {
        var dies = commit.Writes.Any(write => write.Document is BugReport) && Interlocked.Decrement(ref _left) == -1;
        if (dies && !after)
        {
            _dead = true;
        }

        var outcome = await Store.Commit(commit, cancel);
        _dead |= dies;
        return dies ? throw new StoreException(Death) : outcome;
    }

    public ValueTask<long> NextNumber(string series, CancellationToken cancel = default) => Store.NextNumber(series, cancel);
}
