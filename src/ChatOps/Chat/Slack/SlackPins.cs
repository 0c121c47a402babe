using System.Net;
using System.Text.Json;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Following;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Incidents;
using ChatOps.Core.People;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack;

/// <summary>
/// A message that gets a 📌 is noted in its incident's timeline, once however many people put one: the incident in whose thread or channel it stands, or else the only one
/// that is open.
/// </summary>
internal sealed class SlackPins(ISlackApi slack, SlackPeople people, OutsideNotes notes, IStore store, SlackSettings settings)
{
    // The history shows it in the card's thread, where a novel helps nobody.
    private const int LongestText = 500;

    public bool IsPin(JsonElement happened) =>
        happened.Text("type") == "reaction_added" && happened.Text("item", "type") == "message" && happened.Text("reaction") == settings.PinReaction && happened.Text("user") is not null;

    /// <exception cref="SlackException">The message cannot be read at the moment: nothing was noted, and it is to be tried again.</exception>
    public async Task Note(JsonElement happened, CancellationToken cancel)
    {
        if (happened.Text("item", "channel") is not { } channel || happened.Text("item", "ts") is not { } ts || await Message(channel, ts, cancel) is not { } message
            || await IncidentOf(channel, message.ThreadTs ?? ts, cancel) is not { } incident)
        {
            return;
        }

        var (by, _) = await people.Meet(happened.Text("user")!, null, cancel);
        var author = message.User is { } user ? (await people.Meet(user, null, cancel)).Person.Id : "a bot";
        var words = CardBlocks.Cut(WebUtility.HtmlDecode(message.Text ?? ""), LongestText);
        var link = await Link(channel, ts, cancel);
        await notes.Write(
            incident,
            $"{channel}/{ts}",
            new Actor(by.Id, "📌, Slack"),
            Markup.Of($"**{by.Id}** pinned what **{author}** wrote: {words} ") + (link.Length > 0 ? Markup.Link("message", link) : Markup.Empty),
            cancel);
    }

    /// <summary>The message, or null when it was deleted; conversations.replies gives it whether it stands in a thread or begins one.</summary>
    private async Task<HistoryMessage?> Message(string channel, string ts, CancellationToken cancel)
    {
        try
        {
            return (await slack.History(channel, ts, null, null, cancel)).Messages.FirstOrDefault(message => message.Ts == ts);
        }
        catch (SlackException gone) when (gone.Error is "thread_not_found" or "message_not_found")
        {
            return null;
        }
    }

    /// <summary>Empty when Slack does not say: the words matter more.</summary>
    private async Task<string> Link(string channel, string ts, CancellationToken cancel)
    {
        try
        {
            return await slack.Permalink(channel, ts, cancel);
        }
        catch (SlackException)
        {
            return "";
        }
    }

    private async Task<string?> IncidentOf(string channel, string root, CancellationToken cancel)
    {
        var shown = await store.List(Shown.ByReference, Keys.Exactly($"{SlackPlatform.PlatformName}|{channel}/{root}"), 1, cancel: cancel);
        switch (shown)
        {
            case [{ Kind: Incident.CardKind } card]:
                return card.Subject;
            case [{ Kind: Alert.CardKind } card] when await store.Find<Alert>(card.Subject, cancel) is { Incident: { } linked }:
                return linked;
        }

        if (await store.List(SlackRoom.ByChannel, Keys.Exactly(channel), 1, cancel: cancel) is [var room])
        {
            return room.Id;
        }

        return await store.List(Incident.Open, Keys.All, 2, cancel: cancel) is [var only] ? only.Id : null;
    }
}
