using ChatOps.Core.Storage;
using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>A commit as the caller's thread leaves it for the writer.</summary>
internal sealed record PreparedCommit(IReadOnlyList<PreparedDocument> Writes)
{
    // A cancelled caller goes away; the answer must never run its continuation on the writer's thread.
    private readonly TaskCompletionSource<CommitOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the outcome is on the disk.</summary>
    public Task<CommitOutcome> Answer => _answer.Task;

    /// <summary>Bytes, about: what a batch is limited by.</summary>
    public long Size { get; } = Writes.Sum(write => (long)write.Write.Size);

    public static PreparedCommit Of(Commit commit, Preparation preparation) => new([.. commit.Writes.Select(write => PreparedDocument.Of(preparation.Prepare(write)))]);

    public void Succeed(CommitOutcome outcome) => _answer.TrySetResult(outcome);

    public void Fail(string message, Exception? reason = null) => _answer.TrySetException(new StoreException(message, reason));
}

/// <param name="Write">What is to be done.</param>
/// <param name="Document">The document as LiteDB gets it; null when it is none.</param>
/// <param name="UniqueKeys">Its keys in unique indexes, with the fields that hold them.</param>
internal sealed record PreparedDocument(PreparedWrite Write, BsonDocument? Document, IReadOnlyList<(string Field, string Key)> UniqueKeys)
{
    public string Collection => Write.Collection.Name;

    public static PreparedDocument Of(PreparedWrite write)
    {
        if (write.Json is null)
        {
            return new(write, null, []);
        }

        var document = new BsonDocument { ["_id"] = write.Id, [Fields.Version] = write.NextVersion, [Fields.Json] = write.Json };
        var unique = new List<(string, string)>();
        foreach (var (index, key) in write.Collection.Indexes.Zip(write.Keys))
        {
            if (key is null)
            {
                continue;
            }

            document[Fields.Of(index)] = key;
            if (index.Unique)
            {
                unique.Add((Fields.Of(index), key));
            }
        }

        return new(write, document, unique);
    }
}
