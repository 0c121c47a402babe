using ChatOps.Chat.Slack.Setup;
using ChatOps.Core.Chat.Commands;
using ChatOps.Tests.Fakes.Slack;
using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.House;

/// <summary>What a workspace is asked for is what the program needs.</summary>
public sealed class SlackRules
{
    [Fact]
    public void The_manifests_in_the_checkout_are_those_that_the_program_prints()
    {
        const string How = "write it anew: chatops slack manifest [--json] > deploy/slack/manifest.…";
        Assert.True(SlackManifest.Yaml(null) == Checkout.Read("deploy/slack/manifest.yaml"), How);
        Assert.True(SlackManifest.Json(null) == Checkout.Read("deploy/slack/manifest.json"), How);
    }

    [Fact]
    public async Task Each_group_of_commands_is_a_slash_command()
    {
        await using var world = await World.Begin();
        Assert.Equal(world.Services.GetRequiredService<CommandCatalog>().Groups.Order(StringComparer.Ordinal), SlackNeeds.Commands.Select(command => command.Group));
    }

    [Fact]
    public void Every_scope_is_explained()
    {
        var page = Checkout.Read("docs/slack.md");
        Assert.All(SlackNeeds.Scopes, needed => Assert.Contains($"| `{needed.Scope}` | {needed.For} |", page));
    }

    [Fact]
    public async Task The_fake_workspace_knows_the_scopes()
    {
        await using var slack = await FakeSlack.Open();
        Assert.Empty(SlackNeeds.Scopes.Select(needed => needed.Scope).Except(slack.Workspace.Scopes));
    }

    [Fact]
    public void With_a_web_address_everything_goes_there_and_without_one_nothing_has_an_address()
    {
        var http = SlackManifest.Of(new Uri("https://bot.example.org/ops"));
        Assert.Equal("https://bot.example.org/ops/slack/command", (string?)http["features"]!["slash_commands"]![0]!["url"]);
        Assert.Equal("https://bot.example.org/ops/slack/event", (string?)http["settings"]!["event_subscriptions"]!["request_url"]);
        Assert.Equal("https://bot.example.org/ops/slack/action", (string?)http["settings"]!["interactivity"]!["request_url"]);
        Assert.Equal("https://bot.example.org/ops/slack/options", (string?)http["settings"]!["interactivity"]!["message_menu_options_url"]);
        Assert.False((bool)http["settings"]!["socket_mode_enabled"]!);
        var socket = SlackManifest.Of(null);
        Assert.True((bool)socket["settings"]!["socket_mode_enabled"]!);
        Assert.DoesNotContain("http", socket.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_keeps_to_Slacks_limits()
    {
        var features = SlackManifest.Of(null)["features"]!;
        Assert.InRange(features["slash_commands"]!.AsArray().Count, 1, 50);
        Assert.InRange(features["shortcuts"]!.AsArray().Count, 1, 10);
        Assert.All(features["shortcuts"]!.AsArray(), shortcut => Assert.True(((string)shortcut!["name"]!).Length <= 24 && ((string)shortcut["description"]!).Length <= 150));
        Assert.All(features["slash_commands"]!.AsArray(), command => Assert.Matches("^/[a-z]{1,31}$", (string)command!["command"]!));
    }
}
