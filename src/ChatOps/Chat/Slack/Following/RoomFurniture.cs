using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Incidents;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Following;

/// <summary>What is in an incident's channel: a topic, the card, pinned, and its people. Each step is remembered before the next.</summary>
internal sealed class RoomFurniture(ISlackApi slack, SlackPeople people, OnCallNow now, IEnumerable<ICardSource> cards, IStore store)
{
    private const int LongestTopic = 250;

    private readonly ICardSource _cards = cards.First(source => source.Kind == Incident.CardKind);

    public async Task<SlackRoom> Save(SlackRoom room, CancellationToken cancel) =>
        await store.Commit(new Commit().Put(room), cancel) == CommitOutcome.Stored
            ? room with { Version = room.Version + 1 }
            : throw new SlackException(SlackFault.Busy, "incident channels", "another replica works on this channel");

    public async Task<SlackRoom> Furnish(SlackRoom room, Incident incident, CancellationToken cancel)
    {
        var topic = CardBlocks.Cut($"{incident.Id}: {incident.Title} ({(incident.ResolvedAt is null ? incident.MitigatedAt is null ? "open" : "mitigated" : "resolved")})", LongestTopic);
        if (room.Topic != topic)
        {
            await slack.SetTopic(room.Channel!, topic, cancel);
            room = await Save(room with { Topic = topic }, cancel);
        }

        return await _cards.Draw(incident.Id, cancel) is { } drawing ? await Show(room, drawing.Card, cancel) : room;
    }

    /// <summary>Invites whoever is to come to an open incident. It stands last: whom Slack does not let in keeps nothing else back.</summary>
    /// <exception cref="SlackException">Somebody was not invited, and why.</exception>
    public async Task<SlackRoom> Invite(SlackRoom room, Incident incident, CancellationToken cancel)
    {
        if (incident.ResolvedAt is not null)
        {
            return room;
        }

        var guests = new List<string>();
        foreach (var person in OnCallNow.People(await now.All(cancel)).Append(incident.StartedBy).Distinct())
        {
            if (await people.UserOf(person, cancel) is { } user && !room.Invited.Contains(user))
            {
                guests.Add(user);
            }
        }

        var (done, trouble) = (new List<string>(), (SlackException?)null);
        foreach (var guest in guests)
        {
            try
            {
                await slack.Invite(room.Channel!, [guest], cancel);
                done.Add(guest);
            }
            catch (SlackException refused) when (refused.Error is "already_in_channel" or "cant_invite" or "cant_invite_self" or "user_not_found" or "user_is_restricted")
            {
                done.Add(guest); // They are there, or cannot come; the others shall.
            }
            catch (SlackException refused) when (refused.Fault == SlackFault.Refused)
            {
                trouble = refused;
            }
        }

        room = done.Count == 0 ? room : await Save(room with { Invited = [.. room.Invited, .. done] }, cancel);
        return trouble is null ? room : throw trouble;
    }

    private async Task<SlackRoom> Show(SlackRoom room, Card card, CancellationToken cancel)
    {
        var users = await people.Mentioned([card], cancel);
        var drawing = new CardBlocks(users.GetValueOrDefault);
        var (text, blocks, metadata) = (drawing.TextOf(card), drawing.Of(card), MessageMetadata.Of($"room/{room.Id}"));
        var hash = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new ChangedMessage("", "", text, blocks), SlackWire.Json.ChangedMessage)));
        if (room.Card is null)
        {
            // Posted before we died?
            var posted = (await slack.History(room.Channel!, null, null, null, cancel)).Messages.FirstOrDefault(message => message.Token == metadata.EventPayload.Token)?.Ts
                ?? (await slack.PostMessage(new NewMessage(room.Channel!, text, blocks) { Metadata = metadata }, cancel)).Ts;
            room = await Save(room with { Card = posted, Hash = hash }, cancel);
        }
        else if (room.Hash != hash)
        {
            await slack.UpdateMessage(new ChangedMessage(room.Channel!, room.Card, text, blocks) { Metadata = metadata }, cancel);
            room = await Save(room with { Hash = hash }, cancel);
        }

        return room.Pinned ? room : await Pin(room, cancel);
    }

    private async Task<SlackRoom> Pin(SlackRoom room, CancellationToken cancel)
    {
        try
        {
            await slack.Pin(room.Channel!, room.Card!, cancel);
        }
        catch (SlackException done) when (done.Error == "already_pinned")
        {
            // Before we died.
        }

        return await Save(room with { Pinned = true }, cancel);
    }
}
