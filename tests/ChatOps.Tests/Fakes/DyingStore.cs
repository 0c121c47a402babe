using ChatOps.Core.Storage;

namespace ChatOps.Tests.Fakes;

/// <summary>A store that can kill the process just before a commit reaches it, and just after the commit is safe and nobody has been told.</summary>
internal sealed class DyingStore(IStore store, Points points) : IStore
{
    public ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T> => store.Find<T>(id, cancel);

    public ValueTask<IReadOnlyList<T>> List<T>(Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T> => store.List(index, keys, limit, descending, cancel);

    public ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T> => store.Count(index, keys, cancel);

    public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default) =>
        points.Around($"commit of {string.Join(", ", commit.Writes.Where(write => write.Kind != WriteKind.Expected).Select(NameOf))}", () => store.Commit(commit, cancel));

    public ValueTask<long> NextNumber(string series, CancellationToken cancel = default) => store.NextNumber(series, cancel);

    private static string NameOf(Write write) =>
        $"{(write.Kind == WriteKind.Delete ? "no " : "")}{write.Document.GetType().Name} {write.Document.Id}{(write.Kind == WriteKind.Guarded ? $" v{write.Document.Version + 1}" : "")}";
}
