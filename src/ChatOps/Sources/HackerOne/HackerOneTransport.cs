using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOps.Core.BugReports;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>Calls HackerOne's customer API, version 1, with Basic authentication: the token's identifier and the token.</summary>
internal sealed class HackerOneTransport(HttpClient http, HackerOneSettings settings, HackerOnePace pace)
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly Duration LongestRest = Duration.FromHours(1);
    private static readonly Duration AfterTooMany = Duration.FromSeconds(30);
    private static readonly Duration AfterRefusedToken = Duration.FromMinutes(5);

    /// <param name="call">What it counts as.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Below the base URL.</param>
    /// <param name="body">What is sent, or null.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>The answer's JSON; null where the thing is unknown, which HackerOne says with 403 as for one that is not ours.</returns>
    /// <exception cref="ReportInboxException">It did not do it.</exception>
    public async Task<JsonElement?> Send(HackerOneCall call, HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        await pace.Turn(call, cancel);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(settings.ApiBaseUrl, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ApiIdentifier}:{settings.ApiToken}")));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await http.SendAsync(request, cancel);
            return await Read(answer, pace.Now, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Away(fault is OperationCanceledException ? $"HackerOne did not answer within {Patience.TotalSeconds:0} seconds." : $"HackerOne cannot be reached: {fault.Message.TrimEnd('.')}.", fault);
        }
    }

    private static async Task<JsonElement?> Read(HttpResponseMessage answer, Instant now, CancellationToken cancel)
    {
        var status = answer.StatusCode;
        if (status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return null;
        }

        if (status == HttpStatusCode.TooManyRequests)
        {
            throw new ReportInboxException("HackerOne asks to slow down.", Rest(answer, now), isFinal: false, null);
        }

        if (status == HttpStatusCode.Unauthorized)
        {
            throw new ReportInboxException("HackerOne does not take the token: look at HackerOne:ApiIdentifier and HackerOne:ApiToken.", AfterRefusedToken, isFinal: false, null);
        }

        var text = await answer.Content.ReadAsByteArrayAsync(cancel);
        var (root, fault) = JsonReading.Parse(text);
        if (answer.IsSuccessStatusCode)
        {
            return root ?? throw Away($"HackerOne answered something else than JSON: {fault}", null);
        }

        var why = root?.At("errors").Entries().Select(error => error.At("detail").Line() ?? error.At("title").Line()).FirstOrDefault(each => each is not null);
        throw status >= HttpStatusCode.InternalServerError || status == HttpStatusCode.RequestTimeout
            ? Away($"HackerOne answers {(int)status}.", null)
            : new ReportInboxException($"HackerOne refuses it ({(int)status}): {why ?? "it does not say why"}", null, isFinal: true, null);
    }

    /// <summary>It says for how long, or until when; nobody waits for ever because of that, and nobody comes back at once.</summary>
    private static Duration Rest(HttpResponseMessage answer, Instant now)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => Duration.FromTimeSpan(delta),
            { Date: { } until } => Instant.FromDateTimeOffset(until) - now,
            _ => AfterTooMany,
        };
        return Duration.Max(Duration.FromSeconds(1), Duration.Min(asked, LongestRest));
    }

    private static ReportInboxException Away(string why, Exception? inner) => new(why, null, isFinal: false, inner);
}
