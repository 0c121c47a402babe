using ChatOps.Core.Storage;
using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>A commit as the caller's thread leaves it for the writer: serialised, its keys taken, its limits checked.</summary>
internal sealed record PreparedCommit(IReadOnlyList<PreparedWrite> Writes)
{
    // A cancelled caller goes away; the answer must never run its continuation on the writer's thread.
    private readonly TaskCompletionSource<CommitOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the outcome is on the disk.</summary>
    public Task<CommitOutcome> Answer => _answer.Task;

    /// <summary>Bytes, about: what a batch is limited by.</summary>
    public long Size { get; } = Writes.Sum(write => (long)write.Size);

    public void Succeed(CommitOutcome outcome) => _answer.TrySetResult(outcome);

    public void Fail(string message, Exception? reason = null) => _answer.TrySetException(new StoreException(message, reason));
}

/// <param name="Kind">How it is guarded.</param>
/// <param name="Collection">The LiteDB collection.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Version">The version that must be stored now, when guarded.</param>
/// <param name="Document">What to store; nothing when it is a delete.</param>
/// <param name="UniqueKeys">Its keys in unique indexes, with the fields that hold them.</param>
/// <param name="Size">Bytes of JSON.</param>
internal sealed record PreparedWrite(
    WriteKind Kind,
    string Collection,
    string Id,
    long Version,
    BsonDocument? Document,
    IReadOnlyList<(string Field, string Key)> UniqueKeys,
    int Size);
