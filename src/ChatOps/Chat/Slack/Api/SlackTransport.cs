using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatOps.Core;
using NodaTime;

namespace ChatOps.Chat.Slack.Api;

/// <summary>One call of a method: asks the pace, sends, and reads Slack's answer or says what became of it.</summary>
internal sealed class SlackTransport(HttpClient http, SlackSettings settings, SlackPace pace)
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // A connection is kept for so long: behind one that lives for ever Slack could not move to another address.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private static readonly Duration WithoutRetryAfter = Duration.FromSeconds(30);

    // Slack's limits start afresh every minute. Whatever an answer asks for, an alert is tried again then.
    private static readonly Duration LongestRest = Duration.FromMinutes(5);

    public static HttpClient NewClient() => new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife, AllowAutoRedirect = false }) { Timeout = Patience };

    /// <summary>A call with a JSON body.</summary>
    public Task<(SlackAnswer Answer, HttpResponseHeaders Headers)> Call<T>(string method, T body, JsonTypeInfo<T> type, string? channel, CancellationToken cancel) =>
        Call(method, channel, () => JsonContent(body, type), settings.BotToken, cancel);

    /// <summary>A call with form fields; those without a value are left out.</summary>
    public Task<(SlackAnswer Answer, HttpResponseHeaders Headers)> Call(string method, string? channel, CancellationToken cancel, params (string Name, string? Value)[] fields) =>
        Call(method, channel, () => Form(fields), settings.BotToken, cancel);

    /// <summary>A call with the app-level token.</summary>
    public Task<(SlackAnswer Answer, HttpResponseHeaders Headers)> CallAsApp(string method, CancellationToken cancel) =>
        Call(method, null, () => Form([]), settings.AppToken, cancel);

    /// <summary>Sends bytes or an answer to an address that Slack gave: there is no method and no token.</summary>
    public async Task Send(string what, Uri address, HttpContent content, CancellationToken cancel)
    {
        using var answer = await Ask(what, () => http.PostAsync(address, content, cancel), cancel);
        if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
        {
            throw Count(new SlackException(SlackFault.Refused, what, $"answered {(int)answer.StatusCode}"));
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw Refused(what, answer, null, null);
        }
    }

    public static ByteArrayContent JsonContent<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string? Value)> fields) =>
        new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));

    private async Task<(SlackAnswer Answer, HttpResponseHeaders Headers)> Call(string method, string? channel, Func<HttpContent> content, string? token, CancellationToken cancel)
    {
        if (pace.Take(method, channel) is { } wait)
        {
            throw new SlackException(SlackFault.Busy, method, "our own pace") { RetryAfter = wait, IsOwnPace = true };
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiBaseUrl, method)) { Content = content() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Asked();
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(method, response, null, channel);
        }

        var answer = await Read(method, response, cancel);
        return answer.Ok ? (answer, response.Headers) : throw Refused(method, response, answer, channel);

        async Task<HttpResponseMessage> Asked()
        {
            try
            {
                return await Ask(method, () => http.SendAsync(request, cancel), cancel);
            }
            finally
            {
                pace.Answered(method, channel);
            }
        }
    }

    private static async Task<SlackAnswer> Read(string method, HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancel), SlackWire.Json.SlackAnswer)
                ?? throw new JsonException("The answer is null.");
        }
        catch (Exception fault) when (fault is JsonException or HttpRequestException or IOException)
        {
            throw Count(new SlackException(SlackFault.Unreachable, method, $"the answer cannot be read: {fault.Message}", fault));
        }
    }

    private static async Task<HttpResponseMessage> Ask(string method, Func<Task<HttpResponseMessage>> send, CancellationToken cancel)
    {
        try
        {
            return await send();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Count(new SlackException(SlackFault.Unreachable, method, fault is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} seconds" : fault.Message, fault) { IsSilence = true });
        }
    }

    /// <summary>Not done, and why: 429 and ratelimited with the time to wait, ok: false with Slack's word for it, 5xx.</summary>
    private SlackException Refused(string method, HttpResponseMessage response, SlackAnswer? answer, string? channel)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests || answer?.Error is "ratelimited" or "rate_limited")
        {
            var after = response.Headers.RetryAfter?.Delta is { } delta ? Duration.Min(Duration.FromTimeSpan(delta), LongestRest) : WithoutRetryAfter;
            pace.Rest(method, channel, after);
            return Count(new SlackException(SlackFault.Busy, method, "asked to slow down") { RetryAfter = after });
        }

        if (answer?.Error is { } error)
        {
            // Its own trouble, not ours.
            var fault = error is "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" ? SlackFault.Unreachable : SlackFault.Refused;
            var details = answer.Needed is { } scope ? $"the app needs the scope {scope}"
                : answer.ResponseMetadata?.Messages is { Count: > 0 } messages ? string.Join("; ", messages) : null;
            return Count(new SlackException(fault, method, error, details: details) { Needed = answer.Needed });
        }

        // Slack says no with 200 and a word. Any other status is its trouble, or somebody's in between.
        return Count(new SlackException(SlackFault.Unreachable, method, $"answered {(int)response.StatusCode}"));
    }

    private static SlackException Count(SlackException fault)
    {
        Telemetry.SlackFaults.Add(1, new TagList { { "method", fault.Method }, { "fault", fault.Fault.ToString().ToLowerInvariant() } });
        return fault;
    }
}
