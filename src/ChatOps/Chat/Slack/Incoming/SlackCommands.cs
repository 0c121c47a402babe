using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Slash commands. <c>/oncall who</c> comes as a command and its words; the answer is the reply, or follows over the response_url.</summary>
internal sealed class SlackCommands(CommandRouter router, SlackPeople people, SlackChannels channels, SlackAnswers answers, ISlackApi slack)
{
    public bool Changes(SlackRequest request) => router.Changes(TextOf(request));

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling) => handling.InTime(
        async cancel =>
        {
            try
            {
                var speaker = await Speaker(request.Text("user_id") ?? "", request.Text("user_name"), request.Text("channel_id"), request.Text("channel_name"), cancel);
                var answer = await router.Text(speaker, TextOf(request), cancel);
                return answer.Form is { } form && request.Text("trigger_id") is { } trigger
                    ? await answers.Open(form, trigger, request.Text("channel_id"), onTop: false, cancel)
                    : await answers.Message(answer, cancel);
            }
            catch (StoreException fault)
            {
                return SlackAnswers.Words($"The store does not work at the moment, so I cannot do that: {fault.Message}");
            }
        },
        message => message is null ? SlackReply.Empty : SlackReply.Of(message),
        (message, cancel) => message is not null && Uri.TryCreate(request.Text("response_url"), UriKind.Absolute, out var url) ? slack.Respond(url, message, cancel) : Task.CompletedTask);

    /// <summary>Who says something where, as the commands know them.</summary>
    public async Task<Speaker> Speaker(string user, string? name, string? channel, string? channelName, CancellationToken cancel)
    {
        var (person, zone) = await people.Meet(user, name, cancel);
        return new Speaker(person, SlackPlatform.PlatformName, channelName ?? (channel is null ? "" : channels.NameOf(channel))) { PlatformZone = zone };
    }

    private static string TextOf(SlackRequest request) => $"{request.Text("command")} {request.Text("text")}";
}
