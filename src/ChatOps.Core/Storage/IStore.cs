namespace ChatOps.Core.Storage;

/// <summary>
/// The one place where what is true is kept. Any thread may call; reads see every commit that was answered before they began.
/// Throws <see cref="StoreException"/> when the store itself does not work; a refused commit is a value.
/// </summary>
public interface IStore
{
    /// <summary>The document with that id, or null.</summary>
    ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T>;

    /// <summary>Documents by the order of an index's keys.</summary>
    /// <param name="index">One of the collection's indexes, or <see cref="Index{T}.Id"/>.</param>
    /// <param name="keys">Which keys.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="descending">The highest key first.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask<IReadOnlyList<T>> List<T>(Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T>;

    /// <summary>How many documents have such keys.</summary>
    ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T>;

    /// <summary>Stores all of the commit or nothing. When it answers <see cref="CommitOutcome.Stored"/>, the writes survive a kill and a power cut.</summary>
    Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default);

    /// <summary>The next number of a series that people see (A-12, I-3): never twice, gaps allowed, kept for good with the next commit.</summary>
    ValueTask<long> NextNumber(string series, CancellationToken cancel = default);
}

/// <summary>The store does not work: the disk is full, the file is broken, the database is away. The message is a sentence for an operator.</summary>
public class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A document is larger than a store takes, however often it is tried. Nothing of its commit was stored.</summary>
public sealed class TooLargeException(string message) : StoreException(message);
