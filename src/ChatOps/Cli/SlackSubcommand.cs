using System.CommandLine;
using ChatOps.Chat.Slack.Setup;
using ChatOps.Settings;

namespace ChatOps.Cli;

/// <summary><c>chatops slack manifest</c>: the text that Slack makes the app from.</summary>
internal static class SlackSubcommand
{
    /// <param name="guarded">Runs the work and gives the exit code.</param>
    public static Command Make(Func<Func<Task>, Task<int>> guarded)
    {
        var url = new Option<string>("--url") { Description = "Where Slack reaches the bot, such as https://chatops.example.org." };
        var socket = new Option<bool>("--socket") { Description = "Socket Mode: the bot calls Slack, and nobody has to reach it. This is so without --url." };
        var json = new Option<bool>("--json") { Description = "As JSON; without it as YAML." };
        var manifest = new Command("manifest", "Prints the app's manifest: paste it under https://api.slack.com/apps, Create New App, From a manifest.") { Options = { url, socket, json } };
        manifest.SetAction((parsed, _) => guarded(() =>
        {
            var address = AddressOf(parsed.GetValue(url), parsed.GetValue(socket));
            Console.Write(parsed.GetValue(json) ? SlackManifest.Json(address) : SlackManifest.Yaml(address));
            return Task.CompletedTask;
        }));
        return new Command("slack", "What a Slack workspace needs to know.") { Subcommands = { manifest } };
    }

    private static Uri? AddressOf(string? text, bool socket) => (text, socket) switch
    {
        (null, _) => null,
        (_, true) => throw new SettingsException(["Say either --url or --socket: with Socket Mode nobody calls the bot."]),
        _ when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.Query.Length == 0 => url,
        _ => throw new SettingsException([$"\"{text}\" is not a web address: write it as https://chatops.example.org"]),
    };
}
