using System.Net;
using ChatOps.Settings;

namespace ChatOps.Cli;

/// <summary><c>chatops health</c>: asks a running program for /healthz. A container's image has no curl, and needs none.</summary>
internal static class HealthCheck
{
    // Shorter than any supervisor waits for its check: the answer is then ours and says what is wrong.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="url">Where to ask; null asks where the settings say that the program listens.</param>
    /// <param name="settings">The command line's settings.</param>
    /// <exception cref="SettingsException">No address can be made of them.</exception>
    /// <exception cref="HttpRequestException">It does not answer, or not that it lives.</exception>
    public static async Task Run(string? url, string[] settings)
    {
        var address = new Uri(Address(url ?? Listening(settings)), "/healthz");
        // A proxy of the environment is for the way out, and a redirect leads to somebody else.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException($"{address} answers {(int)answer.StatusCode}.");
            }
        }
        catch (TaskCanceledException)
        {
            throw new HttpRequestException($"{address} does not answer within {Patience.TotalSeconds:0} seconds.");
        }

        Console.WriteLine("ok");
    }

    /// <summary>The address by which this machine reaches what listens there: "any address" is none to ask.</summary>
    internal static Uri Address(string url)
    {
        BindingAddress listens;
        try
        {
            listens = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new SettingsException([$"\"{url}\" is not an address to ask: write it as http://127.0.0.1:5080"]);
        }

        var host = listens.Host switch { "+" or "*" or "0.0.0.0" => "127.0.0.1", "[::]" => "[::1]", var name => name };
        return listens.Port != 0 && Uri.TryCreate($"{listens.Scheme}://{host}:{listens.Port}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingsException([$"\"{url}\" does not say where to ask: give --url with the address that the log names."]);
    }

    /// <summary>Of several addresses a plain one: no certificate is made out to 127.0.0.1.</summary>
    private static string Listening(string[] settings)
    {
        var urls = (SettingsSources.Read(ContentRoot.Find(), settings).GetValueOrDefault("Urls") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? urls.FirstOrDefault()
            ?? throw new SettingsException(["Urls is missing: say where to ask with --url http://127.0.0.1:5080"]);
    }
}
