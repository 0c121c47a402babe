using ChatOps.Chat.Slack.Blocks;

namespace ChatOps.Chat.Slack.Api;

/// <summary>
/// Slack's Web API, as far as we call it. Every method throws <see cref="SlackException"/> when Slack refuses, is busy or cannot be reached; it says which.
/// Names and arguments are Slack's own (docs.slack.dev).
/// </summary>
internal interface ISlackApi
{
    /// <summary>auth.test: who we are.</summary>
    Task<SlackIdentity> AuthTest(CancellationToken cancel);

    /// <summary>apps.connections.open, with the app-level token: an address for one socket.</summary>
    Task<Uri> OpenConnection(CancellationToken cancel);

    /// <summary>chat.postMessage.</summary>
    Task<PostedMessage> PostMessage(NewMessage message, CancellationToken cancel);

    /// <summary>chat.update.</summary>
    Task<PostedMessage> UpdateMessage(ChangedMessage message, CancellationToken cancel);

    /// <summary>chat.postEphemeral.</summary>
    Task PostEphemeral(EphemeralMessage message, CancellationToken cancel);

    /// <summary>chat.getPermalink.</summary>
    Task<string> Permalink(string channel, string messageTs, CancellationToken cancel);

    /// <summary>
    /// conversations.history, newest first, or conversations.replies when <paramref name="thread"/> is given, oldest first, with metadata: one page, and the cursor of the next; null: it was
    /// the last.
    /// </summary>
    Task<(IReadOnlyList<HistoryMessage> Messages, string? Next)> History(string channel, string? thread, string? oldest, string? cursor, CancellationToken cancel);

    /// <summary>conversations.list: one page of the public and private channels that are not archived, and the cursor of the next; null: it was the last.</summary>
    Task<(IReadOnlyList<SlackChannel> Channels, string? Next)> Channels(string? cursor, CancellationToken cancel);

    /// <summary>conversations.info.</summary>
    Task<SlackChannel> Channel(string channel, CancellationToken cancel);

    /// <summary>conversations.join.</summary>
    Task Join(string channel, CancellationToken cancel);

    /// <summary>conversations.create.</summary>
    Task<SlackChannel> Create(string name, bool isPrivate, CancellationToken cancel);

    /// <summary>conversations.invite.</summary>
    Task Invite(string channel, IEnumerable<string> users, CancellationToken cancel);

    /// <summary>conversations.setTopic: at most 250 characters.</summary>
    Task SetTopic(string channel, string topic, CancellationToken cancel);

    /// <summary>conversations.archive.</summary>
    Task Archive(string channel, CancellationToken cancel);

    /// <summary>conversations.open: the direct channel with somebody.</summary>
    Task<string> OpenDirect(string user, CancellationToken cancel);

    /// <summary>users.info.</summary>
    Task<SlackUser> User(string user, CancellationToken cancel);

    /// <summary>users.list, all pages: those who left and bots too.</summary>
    Task<IReadOnlyList<SlackUser>> Users(CancellationToken cancel);

    /// <summary>users.lookupByEmail; null when nobody has it.</summary>
    Task<SlackUser?> UserByEmail(string email, CancellationToken cancel);

    /// <summary>usergroups.list, disabled ones too.</summary>
    Task<IReadOnlyList<SlackGroup>> Groups(CancellationToken cancel);

    /// <summary>usergroups.users.list.</summary>
    Task<IReadOnlyList<string>> GroupMembers(string group, CancellationToken cancel);

    /// <summary>usergroups.users.update: replaces the whole list; Slack refuses an empty one.</summary>
    Task SetGroupMembers(string group, IEnumerable<string> users, CancellationToken cancel);

    /// <summary>views.open, within three seconds of the trigger.</summary>
    Task<OpenedView> OpenView(string trigger, View view, CancellationToken cancel);

    /// <summary>views.push, on top of the dialog that is open.</summary>
    Task<OpenedView> PushView(string trigger, View view, CancellationToken cancel);

    /// <summary>views.update; with a hash only while nobody changed it.</summary>
    Task<OpenedView> UpdateView(string viewId, string? hash, View view, CancellationToken cancel);

    /// <summary>views.publish: somebody's home tab.</summary>
    Task PublishHome(string user, View view, CancellationToken cancel);

    /// <summary>pins.add.</summary>
    Task Pin(string channel, string messageTs, CancellationToken cancel);

    /// <summary>files.getUploadURLExternal, the bytes, and files.completeUploadExternal. A channel null: it is only uploaded.</summary>
    Task<string> Upload(string fileName, string title, ReadOnlyMemory<byte> bytes, string? channel, string? thread, CancellationToken cancel);

    /// <summary>Posts to the address that came with a command or a click: five times within thirty minutes.</summary>
    Task Respond(Uri responseUrl, ResponseMessage message, CancellationToken cancel);
}
