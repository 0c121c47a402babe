using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Slash commands. <c>/oncall who</c> comes as a command and its words; the answer is the reply, or follows over the response_url.</summary>
internal sealed class SlackCommands(CommandRouter router, SlackPeople people, SlackChannels channels, SlackWords words, SlackAnswers answers)
{
    public bool Changes(SlackRequest request) => router.Changes(SlackWords.Plain(TextOf(request)));

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling) => handling.InTime(
        async cancel =>
        {
            try
            {
                var speaker = await Speaker(request.Text("user_id") ?? "", request.Text("user_name"), request.Text("channel_id"), request.Text("channel_name"), cancel);
                var answer = await router.Text(speaker, await words.Read(TextOf(request), cancel), cancel);
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
        (message, cancel) => message is null ? Task.CompletedTask : Follow(request, message, cancel));

    /// <summary>What was asked for is done; whoever did it died before it could say so.</summary>
    public Task TellDone(SlackRequest request, CancellationToken cancel) => Follow(request, SlackAnswers.Words("I was restarted while I did that: it is done."), cancel);

    /// <summary>Where more can be said behind the answer to a command or a click; null when nowhere.</summary>
    public static Uri? ResponseUrl(SlackRequest request) => Uri.TryCreate(request.Text("response_url"), UriKind.Absolute, out var url) && url.Scheme is ("https" or "http") ? url : null;

    /// <summary>Who says something where, as the commands know them.</summary>
    public async Task<Speaker> Speaker(string user, string? name, string? channel, string? channelName, CancellationToken cancel)
    {
        var (person, zone) = await people.Meet(user, name, cancel);
        return new Speaker(person, SlackPlatform.PlatformName, channelName ?? (channel is null ? "" : channels.NameOf(channel))) { PlatformZone = zone };
    }

    private Task Follow(SlackRequest request, ResponseMessage message, CancellationToken cancel) =>
        (request.Text("user_id") ?? request.Text("user", "id")) is { } user
            ? answers.Follow(ResponseUrl(request), user, request.Text("channel_id") ?? request.Text("channel", "id"), message, cancel)
            : Task.CompletedTask; // an event: nobody waits for words

    private static string TextOf(SlackRequest request) => $"{request.Text("command")} {request.Text("text")}";
}
