using ChatOps.Core.Settings;

namespace ChatOps.GitHub;

/// <summary>The settings <c>GitHub</c>.</summary>
/// <param name="ApiBaseUrl">Where the REST API is, exactly; ends with a slash. GitHub Enterprise Server has it under <c>/api/v3/</c>.</param>
/// <param name="Token">What we call it with; without one there are no issues.</param>
internal sealed record GitHubSettings(Uri ApiBaseUrl, string? Token)
{
    private const string Usual = "https://api.github.com/";

    public bool IsOn => Token is not null;

    public static GitHubSettings Read(SettingsReader github)
    {
        github.Knows("ApiBaseUrl", "Token");
        var token = github.Text("Token");
        if (token is not null && !token.All(letter => letter is > ' ' and < '\x7f'))
        {
            github.Fault("Token", "it is not a token: those have no blanks and no letters beyond ASCII");
            token = null;
        }

        return new(ReadUrl(github), token);
    }

    private static Uri ReadUrl(SettingsReader github)
    {
        var text = github.Text("ApiBaseUrl") ?? Usual;
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            github.Fault("ApiBaseUrl", $"\"{text}\" is not a web address: write it as {Usual}");
            return new Uri(Usual);
        }

        if (url.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase))
        {
            github.Fault("ApiBaseUrl", $"\"{text}\" is GitHub's page and not its API: that is at {Usual}");
        }

        return url;
    }
}
