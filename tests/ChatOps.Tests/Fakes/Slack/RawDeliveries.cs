using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Requests at the bot's HTTP doors that are forged, old, broken or otherwise special. Each gives the bot's answer as it is.</summary>
internal sealed class RawDeliveries(HttpDelivery http, TimeProvider clock)
{
    private const string Json = "application/json";
    private const string Signature = "X-Slack-Signature";
    private const string Timestamp = "X-Slack-Request-Timestamp";

    private static readonly string Event = new JsonObject { ["type"] = "event_callback", ["event_id"] = "Ev0RAW", ["event"] = new JsonObject { ["type"] = "app_mention" } }.ToJsonString();

    /// <summary>Anything; the headers replace those of a good request, and an empty one leaves it out.</summary>
    public Task<DeliveryAnswer> Send(string kind, string body, string contentType = Json, IReadOnlyDictionary<string, string>? headers = null) =>
        http.Post(kind, body, contentType, headers ?? new Dictionary<string, string>());

    public Task<DeliveryAnswer> WrongSignature(string? body = null) => With(body, (Signature, $"v0={new string('0', 64)}"));

    /// <summary>Without a signature at all.</summary>
    public Task<DeliveryAnswer> Unsigned(string? body = null) => With(body, (Signature, ""));

    /// <summary>Signed rightly, but that long ago; a negative span is the future.</summary>
    public Task<DeliveryAnswer> Aged(TimeSpan age, string? body = null) => AtTimestamp((clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body);

    /// <summary>Signed rightly over a timestamp that is no number.</summary>
    public Task<DeliveryAnswer> GarbageTimestamp(string? body = null) => AtTimestamp("abc", body);

    /// <summary>A body of that many bytes, signed rightly or not at all.</summary>
    public Task<DeliveryAnswer> Huge(int bytes, bool signed) => signed ? Send("event", Padded(bytes)) : Unsigned(Padded(bytes));

    /// <summary>Slack looks now and then whether the URL of a command has a good certificate.</summary>
    public Task<DeliveryAnswer> SslCheck() => Send("command", "ssl_check=1&token=fake", "application/x-www-form-urlencoded");

    /// <summary>The question that proves an events URL; the answer holds the challenge.</summary>
    public Task<DeliveryAnswer> UrlVerification(string challenge) =>
        Send("event", new JsonObject { ["token"] = "fake", ["challenge"] = challenge, ["type"] = "url_verification" }.ToJsonString());

    public Task<DeliveryAnswer> Malformed() => Send("event", "{\"type\":\"event_callback\",");

    /// <summary>An action whose payload is broken.</summary>
    public Task<DeliveryAnswer> MalformedAction() => Send("action", "payload=%7B%22type", "application/x-www-form-urlencoded");

    private Task<DeliveryAnswer> AtTimestamp(string timestamp, string? body) =>
        With(body, (Timestamp, timestamp), (Signature, HttpDelivery.Signature(FakeSlack.SigningSecret, timestamp, body ?? Event)));

    private Task<DeliveryAnswer> With(string? body, params (string Name, string Value)[] headers) =>
        Send("event", body ?? Event, headers: headers.ToDictionary(header => header.Name, header => header.Value));

    private static string Padded(int bytes) => $"{{\"type\":\"event_callback\",\"padding\":\"{new string('x', bytes)}\"}}";
}
