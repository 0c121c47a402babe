using System.Text.Json;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Lets each delivery be handled once, however often it comes and whenever we die.</summary>
internal sealed partial class SlackInbox(IStore store, TimeProvider clock, ILogger<SlackInbox> log)
{
    /// <summary>A handler that nobody has seen alive for so long has died with its process.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(30);

    // Slack repeats an event for six minutes; a command's or click's trigger is never used again.
    private static readonly Duration Kept = Duration.FromHours(24);

    // What fails as often will not come to an end by being tried.
    private const int MostResumed = 3;

    /// <summary>Stores a delivery. False when it was there already: somebody has it, or has done it.</summary>
    public async Task<bool> Take(string id, SlackRequest request, CancellationToken cancel)
    {
        var delivery = new SlackDelivery(id, request.Kind, request.Payload.GetRawText(), clock.Now());
        return await store.Commit(new Commit().Put(delivery), cancel) == CommitOutcome.Stored;
    }

    /// <summary>Remembers that it was handled; the payload is no longer needed.</summary>
    public async Task Finish(string id, CancellationToken cancel)
    {
        while (await store.Find<SlackDelivery>(id, cancel) is { Done: false } open)
        {
            if (await store.Commit(new Commit().Put(open with { Payload = "", At = clock.Now(), Done = true }), cancel) == CommitOutcome.Stored)
            {
                return;
            }
        }
    }

    /// <summary>Has the request already done what it asked for?</summary>
    public async Task<bool> WasDone(string id, CancellationToken cancel) => await store.Find<Receipt>(id, cancel) is not null;

    /// <summary>It changed nothing, and the same may be sent once more: a form with something wrong in it.</summary>
    public async Task Undo(string id, CancellationToken cancel)
    {
        while (await store.Find<SlackDelivery>(id, cancel) is { } open && await store.Commit(new Commit().Delete(open), cancel) != CommitOutcome.Stored)
        {
            // Its handler was just seen alive.
        }
    }

    /// <summary>Its handler is alive: nobody else is to take it up.</summary>
    public async Task Keep(string id, CancellationToken cancel)
    {
        // Refused when it has just been finished: so much the better.
        if (await store.Find<SlackDelivery>(id, cancel) is { Done: false } open)
        {
            await store.Commit(new Commit().Put(open with { At = clock.Now() }), cancel);
        }
    }

    /// <summary>Deliveries whose handler died, each claimed for whoever asks: no other replica gets it too.</summary>
    /// <param name="isAlive">Whether its handler goes on here, and merely takes long.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<IReadOnlyList<(string Id, SlackRequest Request)>> Abandoned(Func<string, bool> isAlive, CancellationToken cancel)
    {
        var claimed = new List<(string, SlackRequest)>();
        foreach (var delivery in await store.List(SlackDelivery.Waiting, Keys.UpTo(Keys.At(clock.Now() - Patience) + "|~"), 100, cancel: cancel))
        {
            if (isAlive(delivery.Id))
            {
                await Keep(delivery.Id, cancel);
            }
            else if (delivery.Resumed == MostResumed)
            {
                LogGivenUp(delivery.Id, MostResumed);
                await Finish(delivery.Id, cancel);
            }
            else if (await store.Commit(new Commit().Put(delivery with { At = clock.Now(), Resumed = delivery.Resumed + 1 }), cancel) == CommitOutcome.Stored)
            {
                using var payload = JsonDocument.Parse(delivery.Payload);
                claimed.Add((delivery.Id, new SlackRequest(delivery.Kind, payload.RootElement.Clone())));
            }
        }

        return claimed;
    }

    /// <summary>When the next may turn out to be abandoned, or null.</summary>
    public async Task<Instant?> NextLook(CancellationToken cancel) =>
        await store.List(SlackDelivery.Waiting, Keys.All, 1, cancel: cancel) is [var first] ? first.At + Patience : null;

    /// <summary>Forgets those that can come no more.</summary>
    public async Task Forget(CancellationToken cancel)
    {
        while (await store.List(SlackDelivery.Finished, Keys.UpTo(Keys.At(clock.Now() - Kept) + "|~"), 200, cancel: cancel) is { Count: > 0 } old)
        {
            var commit = new Commit();
            foreach (var delivery in old)
            {
                commit.Delete(delivery).Delete(new Receipt(delivery.Id));
            }

            await store.Commit(commit, cancel);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Delivery} from Slack failed {Times} times and is given up")]
    private partial void LogGivenUp(string delivery, int times);
}
