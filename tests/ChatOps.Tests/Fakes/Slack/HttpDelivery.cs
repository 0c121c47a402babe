using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Slack's requests to the bot: signed, and given up after three seconds.</summary>
internal sealed class HttpDelivery : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The bot's address and path, such as http://127.0.0.1:5000/slack/.</summary>
    public Uri? Bot { get; set; }

    /// <summary>Everything goes to <see cref="Bot"/> itself instead of to command, action, options and event below it.</summary>
    public bool OneUrl { get; set; }

    /// <summary>Content types carry <c>; charset=utf-8</c>, as some proxies and some of Slack's own services write them.</summary>
    public bool CharsetSuffix { get; set; }

    /// <summary>How long Slack waits for the first byte, in real time.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The v0 signature of a body.</summary>
    public static string Signature(string secret, string timestamp, string body) =>
        $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")))}";

    public async Task<DeliveryAnswer> Send(Delivery delivery, int attempt, string? reason)
    {
        var isEvent = delivery.Kind == "event";
        var body = isEvent ? delivery.Payload.ToJsonString() : await Form(delivery);
        var headers = attempt == 0 ? [] : new Dictionary<string, string> { ["X-Slack-Retry-Num"] = $"{attempt}", ["X-Slack-Retry-Reason"] = reason! };
        return await Post(delivery.Kind, body, isEvent ? "application/json" : "application/x-www-form-urlencoded", headers);
    }

    /// <summary>Posts a body; the headers may replace the right signature and timestamp.</summary>
    public async Task<DeliveryAnswer> Post(string kind, string body, string contentType, IReadOnlyDictionary<string, string> headers)
    {
        var bot = Bot ?? throw new InvalidOperationException("The bot's address is not known: set FakeSlack.Bot.");
        using var request = new HttpRequestMessage(HttpMethod.Post, OneUrl ? bot : new Uri(bot, kind)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(CharsetSuffix ? $"{contentType}; charset=utf-8" : contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        var timestamp = headers.GetValueOrDefault("X-Slack-Request-Timestamp") ?? Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new Dictionary<string, string> { ["X-Slack-Request-Timestamp"] = timestamp, ["X-Slack-Signature"] = Signature(FakeSlack.SigningSecret, timestamp, body) };
        foreach (var (name, value) in signed.Where(pair => !headers.ContainsKey(pair.Key)).Concat(headers).Where(pair => pair.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Await(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<DeliveryAnswer> Await(HttpRequestMessage request)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var took = TimeProvider.System.GetElapsedTime(start);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            var status = (int)response.StatusCode;
            var noRetry = response.Headers.TryGetValues("X-Slack-No-Retry", out var asked) && asked.Contains("1");
            return new DeliveryAnswer(status, body, response.Content.Headers.ContentType?.MediaType == "application/json", took, status is >= 200 and < 300 ? null : "http_error", noRetry);
        }
        catch (OperationCanceledException)
        {
            return new DeliveryAnswer(null, "", false, TimeProvider.System.GetElapsedTime(start), "http_timeout");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new DeliveryAnswer(null, "", false, TimeProvider.System.GetElapsedTime(start), "connection_failed");
        }
    }

    /// <summary>A command is its fields; all else is one field with JSON.</summary>
    private static async Task<string> Form(Delivery delivery)
    {
        var fields = delivery.Kind == "command"
            ? delivery.Payload.Select(field => KeyValuePair.Create(field.Key, field.Value!.ToString()))
            : [KeyValuePair.Create("payload", delivery.Payload.ToJsonString())];
        using var form = new FormUrlEncodedContent(fields);
        return await form.ReadAsStringAsync();
    }
}
