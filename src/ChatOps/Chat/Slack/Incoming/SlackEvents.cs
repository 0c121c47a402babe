using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What happens in the workspace: somebody speaks to us, opens their home tab, reacts, joins or leaves.</summary>
internal sealed partial class SlackEvents(CommandRouter router, SlackCommands commands, SlackMembers members, SlackPins pins, SlackChannels channels, SlackAnswers answers, SlackHome home, ISlackApi slack, ILogger<SlackEvents> log)
{
    public bool Changes(SlackRequest request)
    {
        var happened = request.Payload.At("event");
        return happened.Text("type") switch
        {
            "app_mention" or "message" => IsSpoken(happened) && router.Changes(Said(happened)),
            "user_change" => SlackMembers.HasLeft(happened),
            _ => pins.IsPin(happened),
        };
    }

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling)
    {
        var happened = request.Payload.At("event");
        return Task.FromResult(happened.Text("type") switch
        {
            "app_mention" or "message" when IsSpoken(happened) => handling.Behind(cancel => Answer(happened, cancel)),
            "app_home_opened" when happened.Text("tab") is "home" or null => handling.Behind(cancel => home.Show(happened.Text("user") ?? "", cancel)),
            "user_change" => handling.Behind(cancel => members.Changed(happened, cancel)),
            "reaction_added" when pins.IsPin(happened) => handling.Behind(cancel => pins.Note(happened, cancel)),
            "channel_rename" or "channel_created" or "channel_archive" or "channel_unarchive" or "channel_deleted" or "group_rename" or "member_joined_channel" => Behind(channels.Forget),
            "app_rate_limited" => Behind(() => LogLimited(happened.Text("team_id") ?? "")),
            _ => SlackReply.Empty,
        });
    }

    /// <summary>In a channel who mentions us is answered where only they see it; in their own channel with us simply there.</summary>
    private async Task Answer(JsonElement happened, CancellationToken cancel)
    {
        var (user, channel) = (happened.Text("user")!, happened.Text("channel")!);
        var speaker = await commands.Speaker(user, null, channel, null, cancel);
        var answer = await router.Text(speaker, Said(happened), cancel);
        var message = answer.Form is null
            ? await answers.Message(answer, cancel)
            : SlackAnswers.Words($"That opens a form, which Slack allows only from a slash command: write /{Said(happened)}");
        if (message is null)
        {
            return;
        }

        var thread = happened.Text("thread_ts");
        if (happened.Text("channel_type") == "im" || channel.StartsWith('D'))
        {
            await slack.PostMessage(new NewMessage(channel, message.Text, message.Blocks) { ThreadTs = thread }, cancel);
        }
        else
        {
            await slack.PostEphemeral(new EphemeralMessage(channel, user, message.Text, message.Blocks) { ThreadTs = thread }, cancel);
        }
    }

    private static SlackReply Behind(Action act)
    {
        act();
        return SlackReply.Empty;
    }

    /// <summary>A person's own words to us: not a bot's, not an edit, and among messages only those in a direct channel.</summary>
    private static bool IsSpoken(JsonElement happened) =>
        happened.Text("user") is not null && happened.Text("channel") is not null && happened.Text("bot_id") is null && happened.Text("subtype") is null
        && (happened.Text("type") == "app_mention" || happened.Text("channel_type") == "im");

    /// <summary>The words behind our name; Slack's marks are taken away.</summary>
    private static string Said(JsonElement happened) =>
        Mark().Replace(Mention().Replace(happened.Text("text") ?? "", ""), "$1").Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Trim();

    // <@U0123> at the beginning is us.
    [GeneratedRegex(@"^\s*<@[A-Z0-9]+(\|[^>]*)?>:?\s*")]
    private static partial Regex Mention();

    // <https://a.example|a.example> and <#C0123|general>: the address or the id.
    [GeneratedRegex(@"<[@#!]?([^|>]+)(?:\|[^>]*)?>")]
    private static partial Regex Mark();

    [LoggerMessage(LogLevel.Warning, "Slack holds back events of {Team}: there are too many")]
    private partial void LogLimited(string team);
}
