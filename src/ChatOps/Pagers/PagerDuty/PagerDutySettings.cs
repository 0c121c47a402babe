using ChatOps.Core.Settings;

namespace ChatOps.Pagers.PagerDuty;

/// <summary>The settings <c>PagerDuty</c>.</summary>
/// <param name="EventsUrl">Where events go: Events API v2.</param>
/// <param name="RoutingKey">The integration's key; without one there is no pager.</param>
internal sealed record PagerDutySettings(Uri EventsUrl, string? RoutingKey)
{
    private const string Usual = "https://events.pagerduty.com/v2/enqueue";

    public bool IsOn => RoutingKey is not null;

    public static PagerDutySettings Read(SettingsReader pagerDuty)
    {
        pagerDuty.Knows("EventsUrl", "RoutingKey");
        var text = pagerDuty.Text("EventsUrl") ?? Usual;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            pagerDuty.Fault("EventsUrl", $"\"{text}\" is not a web address: write it as {Usual}");
            url = new Uri(Usual);
        }

        var key = pagerDuty.Text("RoutingKey");
        if (key is not null && (key.Length != 32 || !key.All(char.IsAsciiLetterOrDigit)))
        {
            pagerDuty.Fault("RoutingKey", "it is not an integration key: 32 letters and digits, from the service's integration \"Events API v2\"");
        }

        return new(url, key);
    }
}
