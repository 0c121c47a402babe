using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;

namespace ChatOps.Pagers.PagerDuty;

/// <summary>An event as Events API v2 wants it. A trigger carries what it is about; the others only name the key.</summary>
internal sealed record PagerDutyEvent(string RoutingKey, string DedupKey, string EventAction)
{
    // What PagerDuty takes, in characters.
    private const int LongestSummary = 1024;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? Client { get; init; }

    public Details? Payload { get; init; }

    public static PagerDutyEvent Of(string routingKey, string key, Card card)
    {
        var action = card.State switch
        {
            CardState.Firing => "trigger",
            CardState.Acknowledged => "acknowledge",
            _ => "resolve",
        };
        return new(routingKey, key, action) { Client = action == "trigger" ? "ChatOps" : null, Payload = action == "trigger" ? PayloadOf(card) : null };
    }

    private static Details PayloadOf(Card card)
    {
        var fields = card.Fields.GroupBy(field => field.Name).ToDictionary(field => field.Key, field => field.First().Value.PlainText());
        return new Details(Cut($"{card.Title}{(card.Text.IsEmpty ? "" : $": {card.Text.PlainText()}")}"), fields.GetValueOrDefault(PageFields.Source) ?? "ChatOps", SeverityOf(fields.GetValueOrDefault(PageFields.Severity)))
        {
            CustomDetails = fields,
        };
    }

    /// <summary>PagerDuty knows four words; what nobody rated must not ring more softly than it may have to.</summary>
    private static string SeverityOf(string? word) => word is "critical" or "error" or "warning" or "info" ? word : "error";

    private static string Cut(string text) =>
        text.Length <= LongestSummary ? text : text[..(char.IsHighSurrogate(text[LongestSummary - 2]) ? LongestSummary - 2 : LongestSummary - 1)] + "…";

    internal sealed record Details(string Summary, string Source, string Severity)
    {
        public IReadOnlyDictionary<string, string> CustomDetails { get; init; } = new Dictionary<string, string>();
    }
}
