using ChatOps.Chat.Slack.Api;

namespace ChatOps.Chat.Slack.Setup;

/// <summary>What an admin has to do about Slack's refusals: one sentence for each that somebody can do something about.</summary>
internal static class SlackTroubles
{
    public static string Of(SlackException fault) => fault switch
    {
        { Needed: { } scope } => Missing(scope),
        { Error: "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" } when fault.Method == "apps.connections.open" =>
            $"Slack does not know the app-level token: make one under Basic Information, App-Level Tokens, with {SlackNeeds.AppScope}, and set Slack__AppToken.",
        { Error: "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" } =>
            "Slack does not know the bot token: copy the Bot User OAuth Token from OAuth & Permissions and set Slack__BotToken.",
        { Error: "not_allowed_token_type" } => $"The app-level token is of the wrong kind: make one under Basic Information, App-Level Tokens, with {SlackNeeds.AppScope}, and set Slack__AppToken.",
        { Error: "missing_scope" } => $"The token may not do {fault.Method}: add the scopes of the manifest under OAuth & Permissions and reinstall the app.",
        { Fault: SlackFault.Unreachable } => $"Slack cannot be reached ({fault.Message}): look at the network, a proxy, and Slack:ApiBaseUrl.",
        { Fault: SlackFault.Busy } => $"Slack asks to wait ({fault.Method}): try again in a minute.",
        _ => $"{fault.Message}.",
    };

    public static string Missing(string scope) =>
        $"The scope {scope} is missing{(SlackNeeds.Scopes.FirstOrDefault(needed => needed.Scope == scope).For is { } why ? $" ({why})" : "")}: add it under OAuth & Permissions, Bot Token Scopes, and press Reinstall to Workspace.";

    public static string NoChannel(string name) => $"There is no channel #{name} that the app can see: create it, or if it is private write /invite @ChatOps in it.";

    public static string NoGroup(string handle) => $"There is no user group @{handle}: create it under People, User groups, with somebody in it, or take Slack:OnCallGroup away.";

    public static string Disabled(string handle) => $"The user group @{handle} is disabled: enable it under People, User groups, or take Slack:OnCallGroup away.";

    /// <summary>About calls of usergroups.*.</summary>
    public static string OfGroup(SlackException fault, string handle) => fault.Error switch
    {
        "paid_teams_only" => $"@{handle} cannot follow who is on call: user groups need a paid Slack plan. Take Slack:OnCallGroup away, or change the plan.",
        "permission_denied" => $"@{handle} cannot follow who is on call: this workspace lets only admins change user groups. Allow everyone under Settings & Permissions, User groups, or take Slack:OnCallGroup away.",
        _ => Of(fault),
    };
}
