using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Slack;

namespace ChatOps.Tests.Scenarios;

/// <summary>What the scenarios with Slack begin with.</summary>
internal static class SlackNight
{
    public const string FormType = "application/x-www-form-urlencoded";

    /// <summary>The alert A-1 fires; its card.</summary>
    public static async Task<FakeSlackMessage> Fire(World world)
    {
        await world.Sample("webhook_firing_single");
        var card = await world.HearsInSlack();
        Assert.Contains("InstanceDown", card.Visible, StringComparison.Ordinal);
        Assert.StartsWith("Opened.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        return world.Slack.Messages.Now(card);
    }

    /// <summary>The body of a command.</summary>
    public static string Form(JsonObject fields) => string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value!.ToString())}"));

    /// <summary>A command as Slack sends it, to be sent as often as one likes.</summary>
    public static string Command(World world, string user, string command, string text) =>
        Form(new Payloads(world.Slack.Workspace).Command(world.Slack.Users[user], world.Slack.Channels["on-call"], command, text));
}
