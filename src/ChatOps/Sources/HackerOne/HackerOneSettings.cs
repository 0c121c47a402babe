using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>The settings <c>HackerOne</c>. With an API token reports are asked for and written to; without one only what webhooks bring is known.</summary>
/// <param name="ApiBaseUrl">Ends with a slash.</param>
/// <param name="ApiIdentifier">The token's name.</param>
/// <param name="ApiToken">The token.</param>
/// <param name="Program">The programme's handle; reports of others are none of ours.</param>
/// <param name="PollInterval">How often it is asked what happened.</param>
internal sealed record HackerOneSettings(Uri ApiBaseUrl, string? ApiIdentifier, string? ApiToken, string? Program, Duration PollInterval)
{
    private const string Usual = "https://api.hackerone.com/v1/";

    public bool HasApi => ApiIdentifier is not null && ApiToken is not null && Program is not null;

    public static HackerOneSettings Read(SettingsReader hackerOne)
    {
        hackerOne.Knows("ApiBaseUrl", "ApiIdentifier", "ApiToken", "Program", "PollInterval");
        var text = (hackerOne.Text("ApiBaseUrl") ?? Usual).TrimEnd('/') + "/";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            hackerOne.Fault("ApiBaseUrl", $"\"{text}\" is not a web address: write it as {Usual}");
            url = new Uri(Usual);
        }

        string[] needed = ["ApiIdentifier", "ApiToken", "Program"];
        if (hackerOne.Text("ApiIdentifier") is not null || hackerOne.Text("ApiToken") is not null)
        {
            foreach (var missing in needed.Where(key => hackerOne.Text(key) is null))
            {
                hackerOne.Fault(missing, $"it is missing; asking HackerOne needs {string.Join(", ", needed)}");
            }
        }

        var every = hackerOne.Span("PollInterval", Duration.FromMinutes(1));
        if (every < Duration.FromSeconds(5) || every > Duration.FromDays(1))
        {
            hackerOne.Fault("PollInterval", "it is at least five seconds and at most a day");
            every = Duration.FromMinutes(1);
        }

        return new(url, hackerOne.Text("ApiIdentifier"), hackerOne.Text("ApiToken"), hackerOne.Text("Program"), every);
    }
}
