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
/// that is open. Whoever puts it must be one who may write there by command, and what is said among few stays with them: from a private channel nothing goes into another.
/// </summary>
internal sealed partial class SlackPins(ISlackApi slack, SlackPeople people, Roles roles, OutsideNotes notes, IStore store, SlackSettings settings, ILogger<SlackPins> log)
{
    // The history shows it in the card's thread, where a novel helps nobody.
    private const int LongestText = 500;

    public bool IsPin(JsonElement happened) =>
        happened.Text("type") == "reaction_added" && happened.Text("item", "type") == "message" && happened.Text("reaction") == settings.PinReaction && happened.Text("user") is not null;

    /// <exception cref="SlackException">The message cannot be read at the moment: nothing was noted, and it is to be tried again.</exception>
    public async Task Note(JsonElement happened, CancellationToken cancel)
    {
        var (by, _) = await people.Meet(happened.Text("user")!, null, cancel);
        if (!await roles.Has(by, Role.Responder, cancel))
        {
            LogForbidden(by.Id);
            return;
        }

        if (happened.Text("item", "channel") is not { } channel || happened.Text("item", "ts") is not { } ts || await Message(channel, ts, cancel) is not { } message
            || await IncidentOf(channel, message.ThreadTs ?? ts, cancel) is not { } incident
            || (!await IsAt(incident, channel, cancel) && await IsPrivate(channel, cancel)))
        {
            return;
        }

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

    /// <summary>Whether it is the incident's own channel, or the one in which its card and its timeline stand.</summary>
    private async Task<bool> IsAt(string incident, string channel, CancellationToken cancel) =>
        (await store.Find<Shown>(Shown.IdOf(SlackPlatform.PlatformName, Incident.CardKind, incident), cancel))?.Reference is { } card && SlackPlatform.ChannelOf(card) == channel
        || (await store.Find<SlackRoom>(incident, cancel))?.Channel == channel;

    /// <summary>Whether not everybody can read there; where Slack will not say, they cannot.</summary>
    private async Task<bool> IsPrivate(string channel, CancellationToken cancel)
    {
        try
        {
            return channel.StartsWith('D') || (await slack.Channel(channel, cancel)).IsPrivate;
        }
        catch (SlackException refused) when (refused.Fault == SlackFault.Refused)
        {
            return true;
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

    [LoggerMessage(LogLevel.Debug, "{Person} has pinned a message and is no responder: it is not noted")]
    private partial void LogForbidden(string person);
}
