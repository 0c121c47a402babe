using System.Text.Json;
using ChatOps.Chat.Slack.Blocks;

namespace ChatOps.Chat.Slack.Api;

/// <inheritdoc cref="ISlackApi"/>
internal sealed class SlackClient(SlackTransport transport) : ISlackApi
{
    // Slack gives at most 1,000 channels, and asks for no more than 200 messages at once.
    private const int ChannelPage = 1_000;
    private const int MessagePage = 200;
    private const int UserPage = 500;
    private const int MostPages = 100;

    private static readonly SlackJson Json = SlackWire.Json;

    // What is said to be a list may have holes, and entries that name nothing: those are not there.

    public async Task<SlackIdentity> AuthTest(CancellationToken cancel)
    {
        var (answer, headers) = await transport.Call("auth.test", null, cancel);
        return new SlackIdentity(answer.TeamId ?? "", answer.UserId ?? "")
        {
            Team = answer.Team,
            User = answer.UserPart.ValueKind == JsonValueKind.String ? answer.UserPart.GetString() : null,
            BotId = answer.BotId,
            Url = answer.Url,
            Scopes = headers.TryGetValues("X-OAuth-Scopes", out var scopes) ? [.. scopes.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries))] : [],
        };
    }

    public async Task<Uri> OpenConnection(CancellationToken cancel) =>
        (await transport.CallAsApp("apps.connections.open", cancel)).Answer.Url is { } url
            ? new Uri(url)
            : throw new SlackException(SlackFault.Unreachable, "apps.connections.open", "the answer names no address");

    public async Task<PostedMessage> PostMessage(NewMessage message, CancellationToken cancel) =>
        Posted((await transport.Call("chat.postMessage", message, Json.NewMessage, message.Channel, cancel)).Answer, message.Channel);

    public async Task<PostedMessage> UpdateMessage(ChangedMessage message, CancellationToken cancel) =>
        Posted((await transport.Call("chat.update", message, Json.ChangedMessage, message.Channel, cancel)).Answer, message.Channel);

    public Task PostEphemeral(EphemeralMessage message, CancellationToken cancel) =>
        transport.Call("chat.postEphemeral", message, Json.EphemeralMessage, message.Channel, cancel);

    public async Task<string> Permalink(string channel, string messageTs, CancellationToken cancel) =>
        (await transport.Call("chat.getPermalink", channel, cancel, ("channel", channel), ("message_ts", messageTs))).Answer.Permalink ?? "";

    public async Task<(IReadOnlyList<HistoryMessage> Messages, string? Next)> History(string channel, string? thread, string? oldest, string? cursor, CancellationToken cancel)
    {
        var (answer, _) = await transport.Call(
            thread is null ? "conversations.history" : "conversations.replies",
            channel,
            cancel,
            ("channel", channel),
            ("ts", thread),
            ("oldest", oldest),
            ("limit", $"{MessagePage}"),
            ("cursor", cursor),
            ("include_all_metadata", "true"));
        return ([.. (answer.Messages ?? []).Where(message => message is { Ts: not null })], NextOf(answer));
    }

    public async Task<(IReadOnlyList<SlackChannel> Channels, string? Next)> Channels(string? cursor, CancellationToken cancel)
    {
        var (answer, _) = await transport.Call(
            "conversations.list", null, cancel, ("types", "public_channel,private_channel"), ("exclude_archived", "true"), ("limit", $"{ChannelPage}"), ("cursor", cursor));
        return ([.. (answer.Channels ?? []).Where(channel => channel is { Id: not null })], NextOf(answer));
    }

    public async Task<SlackChannel> Channel(string channel, CancellationToken cancel) =>
        ChannelOf((await transport.Call("conversations.info", channel, cancel, ("channel", channel))).Answer, "conversations.info");

    public Task Join(string channel, CancellationToken cancel) => transport.Call("conversations.join", channel, cancel, ("channel", channel));

    public async Task<SlackChannel> Create(string name, bool isPrivate, CancellationToken cancel) =>
        ChannelOf((await transport.Call("conversations.create", null, cancel, ("name", name), ("is_private", isPrivate ? "true" : "false"))).Answer, "conversations.create");

    public Task Invite(string channel, IEnumerable<string> users, CancellationToken cancel) =>
        transport.Call("conversations.invite", channel, cancel, ("channel", channel), ("users", string.Join(',', users)));

    public Task SetTopic(string channel, string topic, CancellationToken cancel) =>
        transport.Call("conversations.setTopic", channel, cancel, ("channel", channel), ("topic", topic));

    public Task Archive(string channel, CancellationToken cancel) => transport.Call("conversations.archive", channel, cancel, ("channel", channel));

    public async Task<string> OpenDirect(string user, CancellationToken cancel) =>
        ChannelOf((await transport.Call("conversations.open", null, cancel, ("users", user))).Answer, "conversations.open").Id;

    public async Task<SlackUser> User(string user, CancellationToken cancel) =>
        UserOf((await transport.Call("users.info", null, cancel, ("user", user))).Answer, "users.info");

    public async Task<IReadOnlyList<SlackUser>> Users(CancellationToken cancel)
    {
        var users = new List<SlackUser>();
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var answer = (await transport.Call("users.list", null, cancel, ("limit", $"{UserPage}"), ("cursor", cursor))).Answer;
            users.AddRange((answer.Members ?? []).Where(user => user is { Id: not null }));
            if (NextOf(answer) is not { } next || next == cursor)
            {
                return users;
            }

            cursor = next;
        }

        throw new SlackException(SlackFault.Refused, "users.list", $"more than {MostPages} pages of members");
    }

    public async Task<SlackUser?> UserByEmail(string email, CancellationToken cancel)
    {
        try
        {
            return UserOf((await transport.Call("users.lookupByEmail", null, cancel, ("email", email))).Answer, "users.lookupByEmail");
        }
        catch (SlackException nobody) when (nobody.Error == "users_not_found")
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<SlackGroup>> Groups(CancellationToken cancel) =>
        [.. ((await transport.Call("usergroups.list", null, cancel, ("include_disabled", "true"))).Answer.Usergroups ?? []).Where(group => group is { Id: not null })];

    public async Task<IReadOnlyList<string>> GroupMembers(string group, CancellationToken cancel) =>
        [.. ((await transport.Call("usergroups.users.list", null, cancel, ("usergroup", group))).Answer.Users ?? []).Where(user => user is not null)];

    public Task SetGroupMembers(string group, IEnumerable<string> users, CancellationToken cancel) =>
        transport.Call("usergroups.users.update", null, cancel, ("usergroup", group), ("users", string.Join(',', users)));

    public async Task<OpenedView> OpenView(string trigger, View view, CancellationToken cancel) =>
        ViewOf((await transport.Call("views.open", new TriggeredView(trigger, view), Json.TriggeredView, null, cancel)).Answer);

    public async Task<OpenedView> PushView(string trigger, View view, CancellationToken cancel) =>
        ViewOf((await transport.Call("views.push", new TriggeredView(trigger, view), Json.TriggeredView, null, cancel)).Answer);

    public async Task<OpenedView> UpdateView(string viewId, string? hash, View view, CancellationToken cancel) =>
        ViewOf((await transport.Call("views.update", new UpdatedView(viewId, view) { Hash = hash }, Json.UpdatedView, null, cancel)).Answer);

    public Task PublishHome(string user, View view, CancellationToken cancel) =>
        transport.Call("views.publish", new PublishedView(user, view), Json.PublishedView, null, cancel);

    public Task Pin(string channel, string messageTs, CancellationToken cancel) =>
        transport.Call("pins.add", channel, cancel, ("channel", channel), ("timestamp", messageTs));

    public async Task<string> Upload(string fileName, string title, ReadOnlyMemory<byte> bytes, string? channel, string? thread, CancellationToken cancel)
    {
        var (place, _) = await transport.Call("files.getUploadURLExternal", null, cancel, ("filename", fileName), ("length", $"{bytes.Length}"));
        if (place is not { UploadUrl: { } url, FileId: { } id })
        {
            throw new SlackException(SlackFault.Unreachable, "files.getUploadURLExternal", "the answer names no address");
        }

        using var content = new ReadOnlyMemoryContent(bytes);
        await transport.Send("file upload", new Uri(url), content, cancel);
        await transport.Call(
            "files.completeUploadExternal", new CompletedUpload([new UploadedFile(id, title)]) { ChannelId = channel, ThreadTs = thread }, Json.CompletedUpload, channel, cancel);
        return id;
    }

    public async Task Respond(Uri responseUrl, ResponseMessage message, CancellationToken cancel)
    {
        using var content = SlackTransport.JsonContent(message, Json.ResponseMessage);
        await transport.Send("response_url", responseUrl, content, cancel);
    }

    private static PostedMessage Posted(SlackAnswer answer, string channel) =>
        new(answer.ChannelPart.ValueKind == JsonValueKind.String ? answer.ChannelPart.GetString()! : channel, answer.Ts ?? throw NotSaid("chat", "ts"));

    private static SlackChannel ChannelOf(SlackAnswer answer, string method) =>
        answer.ChannelPart.ValueKind == JsonValueKind.Object ? answer.ChannelPart.Deserialize(Json.SlackChannel)! : throw NotSaid(method, "channel");

    private static SlackUser UserOf(SlackAnswer answer, string method) =>
        answer.UserPart.ValueKind == JsonValueKind.Object ? answer.UserPart.Deserialize(Json.SlackUser)! : throw NotSaid(method, "user");

    private static string? NextOf(SlackAnswer answer) => answer.ResponseMetadata?.NextCursor is { Length: > 0 } next ? next : null;

    private static OpenedView ViewOf(SlackAnswer answer) => answer.View ?? throw NotSaid("views", "view");

    private static SlackException NotSaid(string method, string what) => new(SlackFault.Unreachable, method, $"the answer has no {what}");
}
