using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Something that happened, on its way to the bot.</summary>
/// <param name="Kind">command, action, options or event: the last part of the URL.</param>
/// <param name="Payload">For a command the fields of its form.</param>
internal sealed record Delivery(string Kind, JsonObject Payload)
{
    /// <summary>What Socket Mode calls it.</summary>
    public string EnvelopeType => Kind switch { "command" => "slash_commands", "event" => "events_api", _ => "interactive" };

    /// <summary>Whether the answer may say something.</summary>
    public bool TakesAnswer => Kind is "command" or "options" || (string?)Payload["type"] == "view_submission";
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; null when nothing came, or over a socket.</param>
/// <param name="Body">Empty where the answer says nothing.</param>
/// <param name="IsJson">Whether it was declared as JSON.</param>
/// <param name="Took">Until the first byte.</param>
/// <param name="Reason">Why it counts as failed, in the words of X-Slack-Retry-Reason; null when it was taken.</param>
/// <param name="NoRetry">The bot asked not to be told again.</param>
internal sealed record DeliveryAnswer(int? Status, string Body, bool IsJson, TimeSpan Took, string? Reason, bool NoRetry = false);

/// <summary>What a person sees at once after what they did.</summary>
internal sealed record SlackReply(DeliveryAnswer Answer)
{
    public int? Status => Answer.Status;

    public TimeSpan Took => Answer.Took;

    /// <summary>dispatch_failed when Slack told the person that it did not work.</summary>
    public string? Failure { get; init; }

    /// <summary>How often an event was delivered until now.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The message that answers a command.</summary>
    public FakeSlackMessage? Message { get; init; }

    /// <summary>The text of that message.</summary>
    public string Text => Message?.Visible ?? "";

    /// <summary>What is wrong with a form, by block.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>The view that an answer showed.</summary>
    public FakeView? View { get; init; }

    /// <summary>The choices that an external select offers.</summary>
    public IReadOnlyList<(string Label, string Value)> Options { get; init; } = [];
}
