using ChatOps.Core.Chat;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Chat.Local;

/// <summary>The chat that needs nothing: its messages are documents in our own store, and the page follows them.</summary>
internal sealed class LocalPlatform(IStore store, LocalNews news, TimeProvider clock) : IChatPlatform
{
    public const string PlatformName = Person.LocalPage;

    public string Name => PlatformName;

    public PlatformAbilities Abilities =>
        PlatformAbilities.Buttons | PlatformAbilities.Forms | PlatformAbilities.Ephemeral | PlatformAbilities.Edit | PlatformAbilities.Threads;

    // Its calls are commits to our own store, which share the disk's syncs.
    public int Concurrency => 16;

    public async Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel)
    {
        var now = clock.Now();
        var number = await store.NextNumber(LocalMessage.Series, cancel);
        var posted = new LocalMessage($"m{number}", number, message.Channel, message.Thread, message.Subject, message.Token, message.Card, now, now);
        if (await store.Commit(new Commit().Put(posted), cancel) == CommitOutcome.Conflict)
        {
            return await FindPosted(message, cancel);
        }

        news.Send("message", posted);
        return new Delivered.Sent(posted.Id);
    }

    public async Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel)
    {
        while (await store.Find<LocalMessage>(reference, cancel) is { } posted)
        {
            var updated = posted with { Card = message.Card, UpdatedAt = clock.Now() };
            if (await store.Commit(new Commit().Put(updated), cancel) == CommitOutcome.Stored)
            {
                news.Send("update", updated);
                return new Delivered.Sent(reference);
            }
        }

        return new Delivered.Gone();
    }

    public async Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) =>
        await store.List(LocalMessage.ByToken, Keys.Exactly(message.Token), 1, cancel: cancel) is [var posted]
            ? new Delivered.Sent(posted.Id)
            : new Delivered.NotThere();

    public async ValueTask<Document?> Stored(string reference, CancellationToken cancel) => await store.Find<LocalMessage>(reference, cancel);
}
