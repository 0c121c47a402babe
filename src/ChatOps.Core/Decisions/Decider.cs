using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Decisions;

/// <summary>
/// The way from a pure decision into the store: load, decide, store in one guarded commit, and decide again when somebody was faster. What is shown in
/// chat is marked for the delivery worker in the same commit, so that nothing is stored and not shown.
/// </summary>
public sealed class Decider(IStore store, Outbox outbox, IWakeUps wakeUps)
{
    // Each lost race means that somebody else's commit went through: with this many the store is broken, not busy.
    private const int Attempts = 50;

    private readonly Turnstile _turnstile = new();

    /// <summary>Decides about one document that exists; a missing one is refused with <paramref name="missing"/>.</summary>
    public Task<Decision<T>> Change<T>(string id, Func<T, Decision<T>> decide, Markup missing, CancellationToken cancel)
        where T : Document, IStored<T> => _turnstile.Pass(id, () => ChangeNow(id, decide, missing, cancel), cancel);

    private async Task<Decision<T>> ChangeNow<T>(string id, Func<T, Decision<T>> decide, Markup missing, CancellationToken cancel)
        where T : Document, IStored<T>
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var current = await store.Find<T>(id, cancel);
            if (current is null)
            {
                return new Decision<T>.Refused(missing);
            }

            var decision = decide(current);
            if (decision is not Decision<T>.Changed changed)
            {
                return decision;
            }

            if (await Store([changed.Next, .. changed.Beside], cancel))
            {
                return changed with { Next = (T)((Document)changed.Next with { Version = changed.Next.Version + 1 }) };
            }
        }

        throw new StoreException($"{id} changed {Attempts} times while one decision about it was being stored.");
    }

    /// <summary>Stores documents in one guarded commit, with the marks for what of them is shown; false when one of them has moved on.</summary>
    public async Task<bool> Store(IReadOnlyList<Document> documents, CancellationToken cancel)
    {
        var commit = new Commit();
        foreach (var document in documents)
        {
            _ = document is IOnceOnly ? commit.PutOnce(document) : commit.Put(document);
            if (document is IShownInChat shown)
            {
                foreach (var mark in outbox.Marks(shown, document))
                {
                    commit.PutOnce(mark);
                }
            }
        }

        var request = Receipt.Current is { IsLeft: false } open ? open : null;
        if (request is not null)
        {
            commit.Put(request.Receipt);
        }

        cancel.ThrowIfCancellationRequested();
        // Once it is under way it is stored, whoever still waits for it: the wake-ups below must follow.
        if (await store.Commit(commit, CancellationToken.None) == CommitOutcome.Conflict)
        {
            return request is null || await store.Find<Receipt>(request.Receipt.Id, CancellationToken.None) is null ? false : throw new AlreadyDoneException(request.Receipt.Id);
        }

        if (request is not null)
        {
            request.IsLeft = true;
        }

        if (documents.Any(document => document is IShownInChat))
        {
            wakeUps.Deliver();
        }

        foreach (var due in documents.OfType<IDue>())
        {
            if (due.DueAt is { } at)
            {
                wakeUps.DueAt(at);
            }
        }

        return true;
    }
}
