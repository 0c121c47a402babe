using ChatOps.Core.Decisions;
using ChatOps.Core.Time;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>From one who is on call to the next.</summary>
public sealed class HandoverScenarios
{
    private const string Monday = "handover/core/2026-11-30T09:00:00Z";

    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration ToMonday = Duration.FromDays(7) - Hour;

    [Fact]
    public async Task At_the_handoff_the_channel_hears_who_has_it_what_is_open_and_how_the_week_was()
    {
        await using var world = await Begin(["--Digests:OnCallWeek:Enabled=false"], "igor", "ana");
        await Fire(world, "MailDown");
        await world.Says("igor", "/alert resolve A-1");
        await world.Hears();
        await world.Pass(ToMonday - Duration.FromMinutes(130));
        await Fire(world, "DiskFull");
        await world.Pass(Duration.FromMinutes(4));
        await world.Presses("igor", "ack", "A-2");
        await world.Hears();
        await world.Pass(Duration.FromMinutes(126));
        Assert.Equal(
            """
            Handover of core
            @igor hands over to @ana, until Mon 7 Dec 09:00 UTC.
            Open alerts: 1
            • A-2 acknowledged · warning · DiskFull · since Mon 30 Nov 06:50 UTC · @igor has it
            Last week against the week before
            Alerts: 2 (0 before)
            By severity: 2 warning
            At night, 22:00 to 07:00 UTC: 1 (0 before)
            Median time to acknowledge: 4 min (none before)
            Median time to resolve: 0 s (none before)
            Before you press Ready
            • laptop with all credentials and the necessary access in reach
            • mobile phone in reach
            • pager app installed on it, and its number registered there
            Ready: not confirmed yet
            Mon 30 Nov 09:00 UTC
            """,
            await world.Hears());
    }

    [Fact]
    public async Task The_new_holder_presses_Ready_and_nobody_else_may()
    {
        await using var world = await Begin(["--Roles:Admins=corey"], "igor", "ana");
        await world.Pass(ToMonday);
        Assert.StartsWith("Handover of core\n@igor hands over to @ana", await world.Hears());
        var card = await world.Card(Monday);
        Assert.Equal(("info", "Ready"), (card.State, card.Labels.Single()));

        Assert.Equal("@ana takes over core, so only they can say that they are ready.", await world.Presses("igor", "ready", Monday));
        Assert.Equal("@ana takes over core, so only they can say that they are ready.", await world.Says("igor", "/oncall ready"));
        Assert.Equal("Thank you: you have core.", await world.Presses("ana", "ready", Monday));
        Assert.Equal("ana is ready.\nMon 30 Nov 09:00 UTC · by button, local chat", await world.Hears());
        Assert.Equal("You are ready already, since Mon 30 Nov 09:00 UTC.", await world.Says("ana", "/oncall ready"));
        card = await world.Card(Monday);
        Assert.Contains("Ready: @ana, ready since Mon 30 Nov 09:00 UTC", card.Text);
        Assert.Empty(card.Buttons);
        Assert.DoesNotContain("Before you press Ready", card.Text);
        await world.Pass(Duration.FromDays(1));
    }

    [Fact]
    public async Task Whoever_does_not_say_that_they_are_ready_is_reminded_and_then_the_admins_are_told()
    {
        await using var world = await Begin(["--Roles:Admins=corey", "--Handover:RemindAfter=30m", "--Handover:TellAdminsAfter=2h"], "igor", "ana");
        await world.Pass(ToMonday);
        await world.Hears();
        await world.Pass(Duration.FromMinutes(30));
        Assert.Equal(
            "@ana, you have core for 30 min and have not said that you are ready. Go through the checklist and press Ready, or say /oncall ready. Otherwise the admins are told, Mon 30 Nov 11:00 UTC.\nMon 30 Nov 09:30 UTC · by the handover's timer",
            await world.Hears());
        Assert.Contains("Ready: not confirmed; reminded, Mon 30 Nov 09:30 UTC", (await world.Card(Monday)).Text);
        await world.Restart();
        await world.Pass(2 * Hour);
        Assert.StartsWith("@corey: @ana has core for 2 h and has not said that they are ready. Please see to it that somebody is.", await world.Hears());
        await world.Pass(Duration.FromDays(1));

        Assert.Equal("Noted: @ana is ready for core.", await world.Presses("corey", "ready", Monday));
        Assert.StartsWith("corey says that @ana is ready.", await world.Hears());
        Assert.Contains("Ready: @ana, ready since Tue 1 Dec 11:30 UTC, says @corey", (await world.Card(Monday)).Text);
    }

    [Fact]
    public async Task Where_nobody_is_named_as_an_admin_the_channel_is_told()
    {
        await using var world = await Begin("igor", "ana");
        await world.Pass(ToMonday + (4 * Hour));
        await world.Hears();
        Assert.StartsWith("@ana, you have core for 1 h", await world.Hears());
        Assert.StartsWith("@ana has core for 4 h and has not said that they are ready. Nobody is named as an admin who could be told (the setting Roles:Admins)", await world.Hears());
        Assert.StartsWith("Nobody is named as an admin, so the channel was told", await world.Hears());
    }

    [Fact]
    public async Task A_handover_is_said_once_also_across_restarts_and_after_downtime_only_the_latest()
    {
        await using var world = await Begin(["--Handover:RemindAfter=0", "--Handover:TellAdminsAfter=0"], "igor", "ana");
        await world.Pass(ToMonday);
        Assert.StartsWith("Handover of core\n@igor hands over to @ana", await world.Hears());
        await world.Restart();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Services.GetRequiredService<DueRunner>().Run(CancellationToken.None)));
        await world.HearsNothing();

        await world.IsDown(Duration.FromDays(22));
        var late = await world.Hears();
        Assert.StartsWith("Handover of core\n@ana hands over to @igor, until Mon 28 Dec 09:00 UTC.", late);
        Assert.EndsWith("Late: the handoff was Mon 21 Dec 09:00 UTC, I was not running then.", late);
    }

    [Fact]
    public async Task A_rotation_that_nobody_joined_is_hinted_at_once_and_never_handed_over()
    {
        await using var world = await World.Begin();
        Assert.StartsWith("There is nothing to hand over: nobody is in core.", await world.Says("igor", "/oncall handover"));
        await world.Pass(Duration.FromDays(30));
        Assert.StartsWith("Nobody is in core yet: /oncall join core signs you up", await world.Hears());
        await world.IsDown(Duration.FromDays(10));
        await world.Says("igor", "/oncall join");
        Assert.StartsWith("igor joined core. On call: igor", await world.Hears());
        await world.Pass(Duration.FromMinutes(1));
        Assert.StartsWith("The next handover of core, as it would be said now\n@igor goes on", await world.Says("igor", "/oncall handover"));
    }

    [Fact]
    public async Task One_who_is_alone_goes_on_and_when_they_leave_it_is_said_that_nobody_is_on_call()
    {
        await using var world = await Begin(["--Handover:RemindAfter=0", "--Handover:TellAdminsAfter=0"], "igor");
        await world.Pass(ToMonday);
        Assert.StartsWith("Handover of core\n@igor goes on, until Mon 7 Dec 09:00 UTC: nobody else is in core. /oncall join core signs you up.", await world.Hears());
        await world.Says("igor", "/oncall leave");
        await world.Hears();
        await world.Pass(Duration.FromDays(7));
        Assert.StartsWith("Handover of core\n@igor hands over, and nobody takes over: nobody is on call now.", await world.Hears());
        Assert.Empty((await world.Card("handover/core/2026-12-07T09:00:00Z")).Buttons);
        await world.Pass(Duration.FromDays(30));
    }

    [Fact]
    public async Task In_Berlin_the_handover_comes_at_nine_before_and_after_both_changes_of_clocks()
    {
        await using var world = await World.BeginAt(
            Instant.FromUtc(2026, 3, 23, 12, 0), "--Rotations:0:Name=core", "--Rotations:0:TimeZone=Europe/Berlin", "--Rotations:0:Handoff=Monday 09:00", "--Handover:RemindAfter=0", "--Handover:TellAdminsAfter=0");
        foreach (var person in new[] { "igor", "ana" })
        {
            await world.Says(person, "/oncall join");
            await world.Hears();
        }

        await world.Pass(Instant.FromUtc(2026, 11, 3, 0, 0) - world.Clock.Now());
        var ends = new List<string>();
        for (var i = 0; i < 32; i++)
        {
            ends.Add((await world.Hears()).Split('\n')[^1]);
        }

        Assert.All(ends, end => Assert.Matches("^Mon .* 09:00 CES?T$", end));
        Assert.Equal(("Mon 30 Mar 09:00 CEST", "Mon 19 Oct 09:00 CEST", "Mon 26 Oct 09:00 CET"), (ends[0], ends[29], ends[30]));
    }

    [Fact]
    public async Task The_schedule_and_my_shifts_are_told_in_both_zones()
    {
        await using var world = await Begin("igor", "ana");
        Assert.Equal(
            """
            core: the next 2 weeks
            now: igor
            Mon 30 Nov 09:00 UTC (Mon 30 Nov 10:00 CET for you): ana
            Mon 7 Dec 09:00 UTC (Mon 7 Dec 10:00 CET for you): igor
            Times in UTC
            """,
            await world.Says("jakub", "/oncall schedule --weeks 2", "Europe/Berlin"));
        Assert.StartsWith("\"0\" is not a number from 1 to 52.", await world.Says("jakub", "/oncall schedule core --weeks 0"));
        Assert.StartsWith("Your next 5 shifts\ncore Mon 30 Nov 09:00 UTC until Mon 7 Dec 09:00 UTC\ncore Mon 14 Dec 09:00 UTC", await world.Says("ana", "/oncall mine"));
        Assert.Equal("No shift is planned for you. /oncall join signs you up.", await world.Says("jakub", "/oncall mine"));
        await world.Says("igor", "/oncall leave");
        await world.Says("ana", "/oncall leave");
        Assert.Equal("core: the next 8 weeks\nnow: igor\nMon 30 Nov 09:00 UTC: nobody\nTimes in UTC", await world.Says("igor", "/oncall schedule"));
        await world.Hears();
        await world.Hears();
    }

    private static Task<World> Begin(params string[] people) => Begin([], people);

    private static async Task<World> Begin(string[] settings, params string[] people)
    {
        var world = await World.Begin(settings);
        foreach (var person in people)
        {
            await world.Says(person, "/oncall join");
            await world.Hears();
        }

        return world;
    }

    private static async Task Fire(World world, string name)
    {
        using var response = await world.Hook(AlertmanagerHook.Firing(name));
        Assert.True(response.IsSuccessStatusCode);
        await world.Hears();
        await world.Hears();
    }
}
