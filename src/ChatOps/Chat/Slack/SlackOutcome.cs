using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>What Slack's answer means for a message, and for what <c>/readyz</c> says.</summary>
internal static class SlackOutcome
{
    private static readonly Duration AfterFault = Duration.FromSeconds(5);

    // A revoked token, a channel that is not there yet: an admin has to do something, and then it goes on by itself.
    private static readonly Duration AfterAdmin = Duration.FromMinutes(1);

    // The message is no longer there, or no longer ours to change: a new one stands for it.
    private static readonly HashSet<string> Lost = ["message_not_found", "thread_not_found", "cannot_reply_to_message", "cant_update_message", "edit_window_closed"];

    // What is wrong is the message or the call itself, so that asking again changes nothing. Any other word, also one that Slack has yet to invent, is somebody's to mend.
    private static readonly HashSet<string> Hopeless =
    [
        "invalid_blocks", "invalid_blocks_format", "invalid_block_type", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_attachments", "attachment_payload_limit_exceeded", "too_many_attachments",
        "too_many_contact_cards", "cannot_parse_attachment", "markdown_text_conflict", "metadata_too_large", "metadata_must_be_sent_from_app", "invalid_metadata_format", "invalid_metadata_schema",
        "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_json", "json_not_object",
    ];

    private static readonly Dictionary<string, string> ForAdmins = new()
    {
        ["invalid_auth"] = NewToken,
        ["not_authed"] = NewToken,
        ["token_revoked"] = NewToken,
        ["token_expired"] = NewToken,
        ["account_inactive"] = NewToken,
        ["not_allowed_token_type"] = NewToken,
        ["missing_scope"] = Install,
        ["no_permission"] = Install,
        ["not_in_channel"] = Invite,
        ["channel_not_found"] = Invite,
        ["method_not_supported_for_channel_type"] = Invite,
        ["is_archived"] = "unarchive the channel, or name another in the settings",
        ["restricted_action"] = Allow,
        ["restricted_action_read_only_channel"] = Allow,
        ["restricted_action_thread_only_channel"] = Allow,
        ["restricted_action_thread_locked"] = Allow,
        ["restricted_action_non_threadable_channel"] = Allow,
        ["access_denied"] = Allow,
        ["org_login_required"] = Allow,
        ["ekm_access_denied"] = Allow,
        ["team_access_not_granted"] = Allow,
        ["enterprise_is_restricted"] = Allow,
        ["two_factor_setup_required"] = Allow,
    };

    private const string NewToken = "install the app again and set Slack__BotToken to its token";
    private const string Install = "add it in the app's settings and install the app again";
    private const string Invite = "create the channel, or invite the app";
    private const string Allow = "allow the app to post there";

    /// <summary>Whether it is a refusal that concerns everything we ask for: somebody has to mend the app or its token.</summary>
    public static bool ConcernsAll(SlackException fault) => fault.Fault == SlackFault.Refused && ForAdmins.GetValueOrDefault(fault.Error) is NewToken or Install;

    /// <summary>There is no channel of that name that we can see.</summary>
    public static Delivered.Later NoChannel(string name) => new(AfterAdmin, $"there is no channel #{name} that we can see: create it, or invite the app if it is private");

    /// <summary>Does it, and says what came of it.</summary>
    public static async Task<Delivered> Of(string channel, SlackState state, Func<Task<Delivered>> call, CancellationToken cancel)
    {
        try
        {
            var done = await call();
            if (done is Delivered.Later later)
            {
                state.Fails(channel, later.Why);
            }
            else
            {
                state.Takes(channel);
            }

            return done;
        }
        catch (SlackException fault) when (!cancel.IsCancellationRequested)
        {
            var outcome = Of(fault);
            if (outcome is Delivered.Later later && fault.Fault != SlackFault.Busy)
            {
                state.Fails(IsAboutChannel(fault) ? channel : SlackState.Everywhere, later.Why);
            }
            else if (outcome is not Delivered.Later)
            {
                state.Takes(channel); // it answers
            }

            return outcome;
        }
    }

    private static Delivered Of(SlackException fault) => fault switch
    {
        { Fault: SlackFault.Busy } => new Delivered.Later(fault.RetryAfter ?? AfterFault, fault.Message) { Expected = fault.IsOwnPace },
        { Fault: SlackFault.Unreachable } => new Delivered.Later(AfterFault, fault.Message),
        { Error: { } error } when Lost.Contains(error) => new Delivered.Gone(),
        { Error: { } error } when ForAdmins.TryGetValue(error, out var help) => new Delivered.Later(AfterAdmin, $"{fault.Message}: {help}"),
        { Error: { } error } when Hopeless.Contains(error) => new Delivered.Never(fault.Message),
        _ => new Delivered.Later(AfterAdmin, $"{fault.Message}: look at the app's settings and the channel's"),
    };

    private static bool IsAboutChannel(SlackException fault) =>
        fault.Fault == SlackFault.Refused && !ConcernsAll(fault);
}
