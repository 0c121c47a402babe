namespace ChatOps.Chat.Slack.Socket;

/// <summary>Why a socket is to be replaced: Slack's word for it, or "broken" when there was none.</summary>
internal static class SocketEnd
{
    public const string Broken = "broken";
    public const string Disabled = "link_disabled";
    public const string TooMany = "too_many_websockets";

    private static readonly Dictionary<string, string> Helps = new()
    {
        ["invalid_auth"] = NewToken,
        ["not_authed"] = NewToken,
        ["not_allowed_token_type"] = NewToken,
        ["token_revoked"] = NewToken,
        ["token_expired"] = NewToken,
        ["account_inactive"] = NewToken,
        ["missing_scope"] = NewToken,
        [Disabled] = "switch Socket Mode on in the app's settings",
        [TooMany] = "the app has ten sockets already: lower Slack__Sockets, or stop other programs that use its app-level token",
    };

    private const string NewToken = "set Slack__AppToken to an app-level token (xapp-…) with the scope connections:write";

    /// <summary>What an admin has to do about it, or null: it passes by itself.</summary>
    public static string? HelpFor(string error) => Helps.GetValueOrDefault(error);
}
