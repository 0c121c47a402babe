using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>The settings <c>Slack</c>.</summary>
/// <param name="BotToken">xoxb-…: what we call the Web API with.</param>
/// <param name="SigningSecrets">Slack signs what it sends us with one of them; two while one is being changed. Empty with Socket Mode alone.</param>
/// <param name="AppToken">xapp-…: Socket Mode; null: Slack calls our request URLs.</param>
/// <param name="ApiBaseUrl">Ends with a slash.</param>
internal sealed record SlackSettings(string? BotToken, IReadOnlyList<string> SigningSecrets, string? AppToken, Uri ApiBaseUrl)
{
    private const string Usual = "https://slack.com/api/";

    /// <summary>How many sockets stand open at once: with two, one that breaks loses nothing.</summary>
    public int Sockets { get; init; } = 2;

    /// <summary>The handle of the user group that follows the rotation, or null.</summary>
    public string? OnCallGroup { get; init; }

    /// <summary>The reaction that notes a message in an incident's timeline, without colons.</summary>
    public string PinReaction { get; init; } = "pushpin";

    /// <summary>Each incident gets a channel of its own.</summary>
    public bool IncidentChannels { get; init; }

    /// <summary>How long after an incident's end and its post-mortem its channel is archived.</summary>
    public Duration ArchiveAfter { get; init; } = Duration.FromDays(1);

    public static SlackSettings Read(SettingsReader slack, bool isOn)
    {
        slack.Knows("BotToken", "SigningSecret", "AppToken", "ApiBaseUrl", "Sockets", "OnCallGroup", "PinReaction", "IncidentChannels", "ArchiveAfter");
        var (bot, secrets, app) = (slack.Text("BotToken"), slack.List("SigningSecret") ?? [], slack.Text("AppToken"));
        if (isOn && bot is null)
        {
            slack.Fault("BotToken", "it is missing; set Slack__BotToken to the app's \"Bot User OAuth Token\" (xoxb-…)");
        }

        if (isOn && secrets.Count == 0 && app is null)
        {
            slack.Fault("SigningSecret", "it is missing; set Slack__SigningSecret (request URLs) or Slack__AppToken (Socket Mode): without one of them anybody could pose as Slack");
        }

        if (app is not null && !app.StartsWith("xapp-", StringComparison.Ordinal))
        {
            slack.Fault("AppToken", "it is not an app-level token: those begin with xapp-");
        }

        if (bot is not null && !bot.StartsWith("xoxb-", StringComparison.Ordinal))
        {
            slack.Fault("BotToken", "it is not a bot's token: those begin with xoxb-");
        }

        var text = slack.Text("ApiBaseUrl") ?? Usual;
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            slack.Fault("ApiBaseUrl", $"\"{text}\" is not a web address: write it as {Usual}");
            url = new Uri(Usual);
        }

        return new(bot, secrets, app, url)
        {
            Sockets = slack.Number("Sockets", 2, 1, 10),
            OnCallGroup = slack.Text("OnCallGroup")?.TrimStart('@'),
            PinReaction = slack.Text("PinReaction")?.Trim(':') ?? "pushpin",
            IncidentChannels = slack.Flag("IncidentChannels", false),
            ArchiveAfter = slack.Span("ArchiveAfter", Duration.FromDays(1)),
        };
    }
}
