using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Digests;
using ChatOps.Core.People;
using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.House;

/// <summary>What holds for every command and button, read off the program as it is put together.</summary>
public sealed class CommandRules
{
    /// <summary>Action ids that posted cards carry. Only ever added to: the cards outlive deployments.</summary>
    private static readonly string[] EverPosted =
        ["abnormal", "ack", "comment", "declare", "done", "escalate", "history", "incident", "incident-resolve", "issue", "join", "mitigate", "more-info", "normal", "page", "postmortem", "ready", "resolve", "silence", "snooze", "take", "timeline", "unsilence", "wake"];

    /// <summary>Those on an alert's card.</summary>
    private static readonly string[] Alerts = ["ack", "declare", "escalate", "history", "resolve", "silence", "snooze", "unsilence", "wake"];

    [Fact]
    public async Task Every_command_says_what_it_needs()
    {
        await using var world = await World.Begin();
        var needs = Catalog(world).All.Select(command => $"{command.Help.Words}{(command.Help.ActionId is { } id ? $" [{id}]" : "")}: {command.Help.Needs}");
        Assert.Equal(
            [
                "alert ack [ack]: Responder",
                "alert escalate [escalate]: Responder",
                "alert history [history]: Everyone",
                "alert list: Everyone",
                "alert note: Responder",
                "alert resolve [resolve]: Responder",
                "alert show: Everyone",
                "alert silence [silence]: Responder",
                "alert snooze [snooze]: Responder",
                "alert unsilence [unsilence]: Responder",
                "alert wake [wake]: Responder",
                "incident declare [declare]: Responder",
                "incident link: Responder",
                "incident list: Everyone",
                "incident mitigate [mitigate]: Responder",
                "incident note: Responder",
                "incident reopen: Responder",
                "incident resolve [incident-resolve]: Responder",
                "incident severity: Responder",
                "incident show: Everyone",
                "incident start [incident]: Responder",
                "incident timeline [timeline]: Responder",
                "oncall backup: Admin",
                "oncall handover: Everyone",
                "oncall join [join]: Everyone",
                "oncall leave: Everyone",
                "oncall me: Everyone",
                "oncall mine: Everyone",
                "oncall next: Everyone",
                "oncall page [page]: Everyone",
                "oncall ready [ready]: Everyone",
                "oncall rotation: Everyone",
                "oncall rotation handoff: Admin",
                "oncall schedule: Everyone",
                "oncall who: Everyone",
                "postmortem edit: Responder",
                "postmortem list: Everyone",
                "postmortem publish: Responder",
                "postmortem show: Everyone",
                "postmortem start [postmortem]: Responder",
                "reports comment [comment]: Responder",
                "reports done [done]: Responder",
                "reports issue [issue]: Responder",
                "reports list: Responder",
                "reports more [more-info]: Responder",
                "reports show: Responder",
                "reports swarm: Responder",
                "reports take [take]: Responder",
                "reports unsent: Responder",
                "watch abnormal [abnormal]: Responder",
                "watch add: Admin",
                "watch confirm: Responder",
                "watch import: Admin",
                "watch list: Everyone",
                "watch normal [normal]: Responder",
                "watch remove: Admin",
                "watch rule: Everyone",
                "watch rule add: Admin",
                "watch rule remove: Admin",
                "watch rule test: Everyone",
                "watch take [take]: Responder",
                "watch tx: Everyone",
            ],
            needs);
    }

    [Fact]
    public async Task No_action_id_that_was_ever_posted_vanishes()
    {
        await using var world = await World.Begin();
        Assert.All(EverPosted, id => Assert.Contains(Catalog(world).All, command => command.Help.ActionId == id));
        Assert.All(Catalog(world).All, command => Assert.True(command.Help.ActionId is not { } id || EverPosted.Contains(id), $"add {command.Help.ActionId} to the list"));
    }

    [Fact]
    public async Task Every_command_answers_help_and_its_example_is_its_own()
    {
        await using var world = await World.Begin();
        foreach (var help in Catalog(world).All.Select(command => command.Help))
        {
            Assert.False(help.Summary.EndsWith('.'), $"{help.Words}: the guide adds the full stop");
            var text = await world.Says("ana", $"/{help.Words} help");
            Assert.StartsWith($"/{help.Words}\n{help.Summary}.", text);
            Assert.Contains(help.Usage, text);
            var typed = help.Example.TrimStart('/');
            var (command, behind) = Catalog(world).Find(Words.Split(typed))!.Value;
            Assert.Equal(help.Words, command.Help.Words);
            Assert.Null(CommandReader.Read(help, behind, typed).Fault);
        }
    }

    [Fact]
    public async Task A_command_and_a_click_are_refused_to_those_without_the_role_each_time_they_come()
    {
        await using var world = await World.Begin("--Roles:Responders:0=igor", "--Roles:Admins:0=corey");
        await world.Sample("webhook_firing_single");
        await world.Hears();
        await world.Hears();
        foreach (var help in Catalog(world).All.Select(command => command.Help).Where(help => help.Needs != Role.Everyone))
        {
            var refusal = help.Needs == Role.Admin ? "That is for admins only: corey." : "That is for responders only: igor.";
            Assert.Equal(refusal, await world.Says("mallory", help.Example));
            if (help.ActionId is { } action && Alerts.Contains(action))
            {
                Assert.Equal(refusal, await world.Presses("mallory", action, "A-1"));
            }
        }

        Assert.Equal("You have A-1: InstanceDown.", await world.Presses("corey", "ack", "A-1"));
        await world.Hears();
    }

    [Fact]
    public async Task Every_button_on_a_card_is_a_command()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_single");
        await world.Hears();
        await world.Hears();
        Assert.All(AlertCard.Draw(await world.Stored("A-1")).Buttons, button => Assert.NotNull(Catalog(world).ByAction(button.ActionId, button.Value)));
    }

    [Fact]
    public async Task The_container_builds_everything()
    {
        await using var world = await World.Begin();
        Assert.NotEmpty(world.Services.GetServices<ICommand>());
        Assert.NotEmpty(world.Services.GetServices<IHostedService>());
        Assert.NotEmpty(world.Services.GetServices<IChatPlatform>());
        Assert.NotEmpty(world.Services.GetServices<IAlertSource>());
        Assert.Equal(DigestSettings.Known.Select(known => known.Name).Order(), world.Services.GetServices<IDigest>().Select(digest => digest.Name).Order());
    }

    [Fact]
    public async Task The_README_lists_the_commands_as_they_are()
    {
        await using var world = await World.Begin();
        var table = string.Join('\n', Catalog(world).All.Select(command => command.Help).Select(help =>
            $"| `{help.Usage}` | {help.Summary}{(help.Needs == Role.Everyone ? "" : $" ({help.Needs.ToString().ToLowerInvariant()}s)")} |"));
        Assert.Contains(table, Checkout.Read("README.md"));
    }

    private static CommandCatalog Catalog(World world) => world.Services.GetRequiredService<CommandCatalog>();
}
