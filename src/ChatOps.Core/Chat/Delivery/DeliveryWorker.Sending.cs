using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// What goes out and what is noted of it, so that no two replicas do it. Every commit expects the tenure's term, every call comes right after a look at the clock and is
/// broken off when the tenure ends, which is seconds before anybody else may begin.
/// </summary>
/// <remarks>
/// What is left: a call that the network keeps for longer than those seconds, or a process that is stopped between the look at the clock and the call and goes on
/// after somebody else has begun. An update that comes too late in this way is drawn over, because the late one asks for it when it goes on (if it dies instead, at the document's
/// next change). A post that comes after the next holder has looked for its token would be there twice, unless the platform itself takes a token only once, as a pager does.
/// </remarks>
public sealed partial class DeliveryWorker
{
    private const int RedrawAttempts = 5;

    private async Task<Shown> Intend(Round round, string kind, string subject, Drawing drawing)
    {
        var token = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var intent = new Shown(Shown.IdOf(round.Platform.Name, kind, subject), round.Platform.Name, drawing.Channel, kind, subject, token, clock.Now());
        if (await store.Commit(new Commit().Expect(round.Tenure.Term).PutOnce(intent), round.Cancel) == CommitOutcome.Conflict)
        {
            // Only the term can have moved on.
            round.Tenure.End();
            round.Tenure.ThrowIfOver();
        }

        return await store.Find<Shown>(intent.Id, round.Cancel) is { } stored
            ? stored with { FreshlyIntended = stored.Token == token }
            : throw new StoreException($"The intent {intent.Id} was stored and is not there.");
    }

    private async Task<Delivered> Send(Round round, Shown shown, OutgoingMessage message)
    {
        var reference = shown.Reference;
        if (reference is null && !shown.FreshlyIntended)
        {
            // Somebody may have posted it and died before it was noted.
            round.Tenure.ThrowIfOver();
            switch (await round.Platform.FindPosted(message, round.Cancel))
            {
                case Delivered.Sent there:
                    reference = there.Reference;
                    break;
                case Delivered.NotThere:
                    break;
                case var unknown:
                    return unknown;
            }
        }

        round.Tenure.ThrowIfOver();
        try
        {
            return reference is null ? await round.Platform.Post(message, round.Cancel) : await round.Platform.Update(reference, message, round.Cancel);
        }
        finally
        {
            if (round.Tenure.IsOver)
            {
                await AskForRedraw(round, shown.Id);
            }
        }
    }

    /// <summary>A message is no longer there: the next round posts one anew, because a mark says that its document is not shown.</summary>
    private async Task<bool> Forget(Round round, Shown gone)
    {
        var mark = new Mark($"{gone.Id}|anew", gone.Platform, gone.Kind, gone.Subject, gone.IntendedAt);
        return await store.Commit(new Commit().Expect(round.Tenure.Term).Delete(gone).PutOnce(mark), round.Cancel) == CommitOutcome.Stored;
    }

    /// <summary>Removes the marks and notes what stands there; false when another worker was faster, or the lease is another's.</summary>
    private async Task<bool> Note(Round round, Mark[] marks, Shown? shown)
    {
        var commit = new Commit().Expect(round.Tenure.Term);
        if (shown is not null)
        {
            commit.Put(shown);
        }

        foreach (var mark in marks)
        {
            commit.Delete(mark);
        }

        if (await store.Commit(commit, round.Cancel) == CommitOutcome.Stored)
        {
            return true;
        }

        if (shown is not null)
        {
            await AskForRedraw(round, shown.Id);
        }

        return false;
    }

    /// <summary>
    /// Something went out and nobody knows whether it came before or after what the present holder of the lease has shown: what stands there counts as unknown, and a mark
    /// has it drawn again. A message that was only intended needs none, it is looked up.
    /// </summary>
    private async Task AskForRedraw(Round round, string id)
    {
        try
        {
            for (var attempt = 0; attempt < RedrawAttempts; attempt++)
            {
                if (await store.Find<Shown>(id, CancellationToken.None) is not { Reference: not null } shown)
                {
                    return;
                }

                var mark = new Mark($"{id}|again", shown.Platform, shown.Kind, shown.Subject, clock.Now());
                if (await store.Commit(new Commit().Put(shown with { Hash = null }).PutOnce(mark), CancellationToken.None) == CommitOutcome.Stored)
                {
                    LogTooLate(shown.Subject, round.Platform.Name);
                    return;
                }
            }
        }
        catch (StoreException fault)
        {
            LogNotAsked(fault, id);
        }
    }

    private static string HashOf(Card card) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(card, StoredJson.Options)));
}
