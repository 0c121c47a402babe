using System.Text.Json;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What happens in the workspace: somebody speaks to us, opens their home tab, reacts, joins or leaves.</summary>
internal sealed partial class SlackEvents(CommandRouter router, SlackCommands commands, SlackMembers members, SlackPins pins, SlackChannels channels, SlackWords words, SlackAnswers answers, SlackHome home, ILogger<SlackEvents> log)
{
    public bool Changes(SlackRequest request)
    {
        var happened = request.Payload.At("event");
        return happened.Text("type") switch
        {
            "app_mention" or "message" => IsSpoken(happened) && router.Changes(SlackWords.Plain(Said(request))),
            "user_change" => SlackMembers.HasLeft(happened),
            _ => pins.IsPin(happened),
        };
    }

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling)
    {
        var happened = request.Payload.At("event");
        return Task.FromResult(happened.Text("type") switch
        {
            "app_mention" or "message" when IsSpoken(happened) => handling.Behind(cancel => Answer(happened, Said(request), cancel)),
            "app_home_opened" when happened.Text("tab") is "home" or null => handling.Behind(cancel => home.Show(happened.Text("user") ?? "", cancel)),
            "user_change" => handling.Behind(cancel => members.Changed(happened, cancel)),
            "reaction_added" when pins.IsPin(happened) => handling.Behind(cancel => pins.Note(happened, cancel), isTelling: false),
            "channel_created" or "channel_rename" or "group_rename" when happened.Text("channel", "id") is { } named => Behind(() => channels.Know(new SlackChannel(named) { Name = happened.Text("channel", "name") })),
            "channel_archive" or "channel_deleted" when happened.Text("channel") is { } gone => Behind(() => channels.Forget(gone)),
            "channel_unarchive" => Behind(channels.LookAnew),
            // A private channel that was hidden from us is not any more. Other people's comings and goings change no name.
            "member_joined_channel" when happened.Text("user") is { } who && who == OurUser(request) => Behind(channels.LookAnew),
            _ => SlackReply.Empty,
        });
    }

    public SlackReply Limited(SlackRequest request) => Behind(() => LogLimited(request.Text("team_id") ?? ""));

    /// <summary>In a channel who mentions us is answered where only they see it; in their own channel with us simply there.</summary>
    private async Task Answer(JsonElement happened, string said, CancellationToken cancel)
    {
        var (user, channel) = (happened.Text("user")!, happened.Text("channel")!);
        var speaker = await commands.Speaker(user, null, channel, null, cancel);
        var answer = await router.Text(speaker, await words.Read(said, cancel), cancel);
        var message = answer.Form is null
            ? await answers.Message(answer, cancel)
            : SlackAnswers.Words($"That opens a form, which Slack allows only from a slash command: write /{SlackWords.Plain(said)}");
        if (message is null)
        {
            return;
        }

        var thread = happened.Text("thread_ts");
        if (happened.Text("channel_type") == "im" || channel.StartsWith('D'))
        {
            await answers.Say(channel, thread, message, cancel);
        }
        else
        {
            await answers.Whisper(user, channel, thread, message, cancel);
        }
    }

    private static SlackReply Behind(Action act)
    {
        act();
        return SlackReply.Empty;
    }

    /// <summary>A person's own words to us: not a bot's, not an edit, and among messages only those in a direct channel.</summary>
    private static bool IsSpoken(JsonElement happened) =>
        happened.Text("user") is not null && happened.Text("channel") is not null && happened.Text("bot_id") is null && happened.Text("subtype") is null && happened.At("edited").ValueKind == JsonValueKind.Undefined
        && (happened.Text("type") == "app_mention" || happened.Text("channel_type") == "im");

    /// <summary>The words behind our name.</summary>
    private static string Said(SlackRequest request) => SlackWords.Behind(request.Text("event", "text") ?? "", OurUser(request)).TrimStart('/', ' ');

    private static string? OurUser(SlackRequest request) => request.Payload.Each("authorizations").FirstOrDefault(app => app.At("is_bot").ValueKind == JsonValueKind.True).Text("user_id");

    [LoggerMessage(LogLevel.Warning, "Slack holds back events of {Team}: there are too many")]
    private partial void LogLimited(string team);
}
