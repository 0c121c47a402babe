using System.Net;
using System.Text.Json;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Web;
using NodaTime;

namespace ChatOps.Pagers.PagerDuty;

/// <summary>
/// PagerDuty by its Events API v2: a page is an incident there under a key of its own, which makes every event safe to send again. Those that PagerDuty does not
/// take now (429, 5xx, no answer) wait; what it says is wrong (400) is told as an alert about ourselves.
/// </summary>
internal sealed class PagerDutyPager(PagerDutySettings settings, HttpClient http) : IChatPlatform, IReadiness
{
    public const string PagerName = "pagerduty";

    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Duration AfterFault = Duration.FromSeconds(5);
    private static readonly Duration AfterTooMany = Duration.FromSeconds(30);

    private volatile string? _trouble;

    public string Name => PagerName;

    public PlatformAbilities Abilities => PlatformAbilities.Edit;

    string IReadiness.Kind => "pager";

    string IReadiness.Name => "pagerDuty";

    public bool Shows(string kind) => kind == Face.PageKind;

    public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel) => Send($"{message.Subject}/{message.Token}", message.Card, cancel);

    public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) => Send(reference, message.Card, cancel);

    /// <summary>PagerDuty folds events with the same key into one incident: sending again is looking up.</summary>
    public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => Task.FromResult<Delivered>(new Delivered.NotThere());

    public ValueTask<PartState> Look(CancellationToken cancel) => new(new PartState(_trouble is null, _trouble ?? "ok"));

    private async Task<Delivered> Send(string key, Card card, CancellationToken cancel)
    {
        var outcome = await Ask(key, card, cancel);
        _trouble = outcome switch
        {
            Delivered.Later later => later.Why,
            Delivered.Never never => never.Why,
            _ => null,
        };
        return outcome;
    }

    private async Task<Delivered> Ask(string key, Card card, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(settings.EventsUrl, PagerDutyEvent.Of(settings.RoutingKey!, key, card), PagerDutyEvent.Json, cancel);
            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted or HttpStatusCode.OK => new Delivered.Sent(key),
                HttpStatusCode.TooManyRequests => new Delivered.Later(RetryAfter(answer), "PagerDuty asks to slow down"),
                >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => new Delivered.Later(AfterFault, $"PagerDuty answers {(int)answer.StatusCode}"),
                var refused => new Delivered.Never($"PagerDuty refuses the event ({(int)refused}): {await Reason(answer, cancel)}"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Delivered.Later(AfterFault, fault is OperationCanceledException ? $"PagerDuty did not answer within {Patience.TotalSeconds:0} seconds" : $"PagerDuty cannot be reached: {fault.Message}");
        }
    }

    private static Duration RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta is { } delta ? Duration.FromTimeSpan(delta) : AfterTooMany;

    /// <summary>What it says is wrong: <c>{"message":…,"errors":[…]}</c>, or else the beginning of its text.</summary>
    private static async Task<string> Reason(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        try
        {
            var body = JsonSerializer.Deserialize<Refusal>(text, PagerDutyEvent.Json);
            return string.Join("; ", (body?.Errors ?? []).Prepend(body?.Message).Where(part => !string.IsNullOrEmpty(part)));
        }
        catch (JsonException)
        {
            return text.Length > 200 ? text[..200] : text;
        }
    }

    private sealed record Refusal(string? Message, string[]? Errors);
}
