using NodaTime;

namespace ChatOps.Chat.Slack.Api;

/// <summary>A call that did not do what was asked.</summary>
internal sealed class SlackException(SlackFault fault, string method, string error, Exception? inner = null, string? details = null)
    : Exception($"Slack's {method}: {error}{(details is null ? "" : $" ({details})")}", inner)
{
    public SlackFault Fault { get; } = fault;

    public string Method { get; } = method;

    /// <summary>Slack's own word, such as channel_not_found; a sentence where it gave none.</summary>
    public string Error { get; } = error;

    /// <summary>The scope that is missing, when that is what it says.</summary>
    public string? Needed { get; init; }

    /// <summary>When it is busy: how long to leave it alone.</summary>
    public Duration? RetryAfter { get; init; }

    /// <summary>It was never asked: our own pace says that it would not like it.</summary>
    public bool IsOwnPace { get; init; }

    /// <summary>Nothing came back at all: no connection, or no answer in time.</summary>
    public bool IsSilence { get; init; }
}

internal enum SlackFault
{
    /// <summary>ok: false. Asking again changes nothing.</summary>
    Refused,

    /// <summary>429, or our own knowledge that it would be: not done.</summary>
    Busy,

    /// <summary>No answer, or none of Slack's API (5xx, a proxy's page): nobody knows whether it was done.</summary>
    Unreachable,
}
