using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Quartz;

namespace ChatOps.Tests.Scenarios;

/// <summary>An alert's life through the real doors.</summary>
public sealed class AlertScenarios
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task A_firing_alert_stands_as_a_card_with_all_that_the_one_on_call_needs()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor");
        await world.Sample("webhook_firing_single");

        Assert.Equal(
            """
            InstanceDown
            Mailserver down
            mail-01.do-ams3.eth.prod is down for 5m
            Severity: critical
            Status: firing, not acknowledged
            Since: Mon 23 Nov 10:00 UTC
            On call: @igor
            Escalation: told @igor, Mon 23 Nov 10:00 UTC; next: whoever is on call for core, Mon 23 Nov 10:05 UTC
            fleet: eth.prod
            instance: mail-01.do-ams3.eth.prod
            Links: Source: https://prometheus.status.im/graph?g0.expr=up%20%3D%3D%200 · Runbook: https://github.com/status-im/infra-docs · Alertmanager: http://vm:19093/#/alerts?receiver=hook
            A-1 · Alertmanager, receiver hook
            """,
            await world.Hears());
        Assert.Equal("Opened. Told @igor, on call for core (step 1 of 3).\nMon 23 Nov 10:00 UTC · by Alertmanager, receiver hook", await world.Hears());
        var card = await world.Card("A-1");
        Assert.Equal("firing", card.State);
        Assert.Equal(["Acknowledge", "Escalate", "Resolve", "Declare incident", "Snooze", "Silence", "History"], card.Labels);
    }

    [Fact]
    public async Task An_acknowledged_alert_pages_nobody_else()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world);

        Assert.Equal("You have A-1: InstanceDown.", await world.Presses("ana", "ack", "A-1"));
        Assert.Equal("ana acknowledged it.\nMon 23 Nov 10:00 UTC · by button, local chat", await world.Hears());
        await world.Pass(Duration.FromHours(3));

        var card = await world.Card("A-1");
        Assert.Equal("acknowledged", card.State);
        Assert.Contains("Status: acknowledged by @ana, Mon 23 Nov 10:00 UTC", card.Text);
        Assert.Equal(["Escalate", "Resolve", "Declare incident", "Snooze", "Silence", "History"], card.Labels);
    }

    [Fact]
    public async Task Of_two_who_acknowledge_at_once_one_wins_and_the_other_is_told_in_words()
    {
        await using var world = await World.Begin();
        await Fire(world);

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => world.Says($"p{i}", "/alert ack A-1")));
        var winner = Assert.Single(answers, answer => answer == "You have A-1: InstanceDown.");
        var name = $"p{Array.IndexOf(answers, winner) + 1}";
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal($"@{name} has A-1 since Mon 23 Nov 10:00 UTC.", answer));
        Assert.StartsWith($"{name} acknowledged it.", await world.Hears());
        Assert.StartsWith("You have A-1 already", await world.Says(name, "/alert ack A-1"));
    }

    [Fact]
    public async Task When_nobody_acknowledges_the_steps_are_told_in_turn_and_repeated_and_then_it_says_that_it_stops()
    {
        await using var world = await World.Begin("--Policies:default:Repeat=1");
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor, on call for core (step 1 of 3).");

        await world.Pass(5 * Minute);
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).", await world.Hears());
        Assert.Contains("next: everyone in core, Mon 23 Nov 10:10 UTC", (await world.Card("A-1")).Text);
        await world.Pass(5 * Minute);
        Assert.StartsWith("Told @igor, @ana, everyone in core (step 3 of 3).\nMon 23 Nov 10:10 UTC · by escalation policy", await world.Hears());
        await world.Pass(15 * Minute);
        Assert.StartsWith("Told @igor, on call for core (step 1 of 3, round 2 of 2).\nMon 23 Nov 10:15", await world.Hears());
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3, round 2 of 2).\nMon 23 Nov 10:20", await world.Hears());
        Assert.StartsWith("Told @igor, @ana, everyone in core (step 3 of 3, round 2 of 2).\nMon 23 Nov 10:25", await world.Hears());
        await world.Pass(Duration.FromDays(2));
        Assert.StartsWith("Nobody acknowledged, and I went through all steps 2 times: I stop telling now.", await world.Hears());
        Assert.Contains("all steps are used up", (await world.Card("A-1")).Text);
        Assert.StartsWith("You have A-1", await world.Presses("ana", "ack", "A-1"));
        Assert.StartsWith("ana acknowledged it.", await world.Hears());
    }

    [Fact]
    public async Task A_restart_in_between_changes_nothing_about_what_is_due()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");
        await world.Pass(4 * Minute);
        await world.Restart();
        await world.HearsNothing();
        await world.Pass(Minute);
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 10:05 UTC", await world.Hears());
    }

    [Fact]
    public async Task What_fell_due_while_the_program_was_down_is_done_when_it_is_back()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");
        await world.Stop();
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.StartAgain();
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 10:30 UTC", await world.HearsSoon());
    }

    [Fact]
    public async Task The_wake_up_comes_by_itself_when_the_clock_reaches_the_due_time()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");

        // Not the sweep: the one trigger stands exactly there.
        var scheduler = await world.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await World.Until(
            async () => (await scheduler.GetTrigger(new TriggerKey("due")))?.NextFireTimeUtc == new DateTimeOffset(2026, 11, 23, 10, 5, 0, TimeSpan.Zero),
            "no trigger stands at the due time");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).", await world.HearsSoon());
    }

    [Fact]
    public async Task Escalating_by_hand_tells_somebody_new_at_once_and_takes_it_from_who_had_it()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");
        await world.Presses("igor", "ack", "A-1");
        await world.Hears();

        Assert.Equal("A-1 is escalated: told @igor, @ana.", await world.Presses("igor", "escalate", "A-1"));
        Assert.StartsWith("igor had it and escalated it. Told @igor, @ana, everyone in core (step 3 of 3).", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-1")).State);
    }

    [Fact]
    public async Task Of_two_who_escalate_at_once_one_does_and_people_are_told_once()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");

        var answers = await Task.WhenAll(world.Says("ana", "/alert escalate"), world.Says("igor", "/alert escalate"));
        Assert.Single(answers, answer => answer.StartsWith("A-1 is escalated: told ", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Contains(" escalated A-1 just now: told ", StringComparison.Ordinal));
        Assert.Contains("escalated it. Told", await world.Hears());
    }

    [Fact]
    public async Task The_last_step_of_a_policy_that_repeats_nothing_is_still_handed_on_to_somebody()
    {
        await using var world = await World.Begin("--Policies:default:Steps:0:Tell=oncall", "--Policies:default:Repeat=0", "--Policies:default:RemindAfter=1h");
        await SignUp(world, "igor");
        await Fire(world, told: "Opened. Told @igor");
        await world.Presses("igor", "ack", "A-1");
        await world.Hears();
        await world.Pass(Duration.FromHours(2));
        Assert.StartsWith("@igor, you acknowledged this 1 h ago", await world.Hears());
        Assert.StartsWith("@igor had it since Mon 23 Nov 10:00 UTC and did not answer, so it is handed on. Told @igor", await world.Hears());
        await world.Pass(Minute);
        Assert.StartsWith("Nobody acknowledged, and I went through all steps once: I stop telling now.", await world.Hears());
    }

    [Fact]
    public async Task Who_is_on_call_follows_on_the_open_cards()
    {
        await using var world = await World.Begin();
        await Fire(world);
        await SignUp(world, "igor", "ana");
        await world.Pass(Duration.FromSeconds(10));
        Assert.Contains("On call: @igor", (await world.Card("A-1")).Text);
        await world.Says("igor", "/alert ack");
        await world.Says("igor", "/alert resolve");
        await world.Hears();
        await world.Hears();
    }

    [Theory]
    [InlineData("/alert note A-1 rolled back \"v2\" — with --force, now", "ana notes: rolled back \"v2\" — with --force, now")]
    [InlineData("/alert note the disk is full", "ana notes: the disk is full")]
    public async Task A_note_is_kept_as_it_was_typed(string typed, string noted)
    {
        await using var world = await World.Begin();
        await Fire(world);
        Assert.Equal("Noted in the thread of A-1.", await world.Says("ana", typed));
        Assert.StartsWith(noted + "\n", await world.Hears());
    }

    [Fact]
    public async Task An_acknowledgement_that_is_forgotten_is_reminded_and_then_handed_on()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor", "ana");
        await Fire(world, told: "Opened. Told @igor");
        await world.Presses("igor", "ack", "A-1");
        await world.Hears();

        await world.Pass(Duration.FromHours(4));
        Assert.StartsWith("@igor, you acknowledged this 4 h ago and it is not resolved. Resolve it or escalate it; otherwise it is handed on, Mon 23 Nov 18:00 UTC.", await world.Hears());
        await world.Pass(Duration.FromHours(4));
        Assert.StartsWith("@igor had it since Mon 23 Nov 10:00 UTC and did not answer, so it is handed on. Told @igor, @ana, everyone in core (step 3 of 3).", await world.Hears());
    }

    [Fact]
    public async Task A_late_click_never_un_resolves()
    {
        await using var world = await World.Begin();
        await Fire(world);
        await world.Sample("webhook_resolved");
        Assert.StartsWith("It is back to normal: resolved.\nMon 23 Nov 10:00 UTC · by Alertmanager", await world.Hears());

        foreach (var action in new[] { "ack", "escalate", "resolve", "snooze", "silence", "wake" })
        {
            Assert.Equal("A-1 is over: it was resolved by Alertmanager, Mon 23 Nov 10:00 UTC.", await world.Presses("ana", action, "A-1"));
        }

        var card = await world.Card("A-1");
        Assert.Equal("resolved", card.State);
        Assert.Equal(["History"], card.Labels);
    }

    [Fact]
    public async Task The_history_says_who_did_what_when_and_from_where()
    {
        await using var world = await World.Begin();
        await SignUp(world, "igor");
        await Fire(world, told: "Opened. Told @igor");
        await world.Presses("igor", "ack", "A-1");
        world.Clock.Advance(TimeSpan.FromMinutes(7));
        await world.Says("ana", "/alert note A-1 the disk is full, making room");
        await world.Says("igor", "alert resolve a1");
        for (var i = 0; i < 3; i++)
        {
            await world.Hears();
        }

        Assert.Equal(
            """
            A-1: InstanceDown
            Mon 23 Nov 10:00 UTC · Opened. Told @igor, on call for core (step 1 of 3). (by Alertmanager, receiver hook)
            Mon 23 Nov 10:00 UTC · igor acknowledged it. (by button, local chat)
            Mon 23 Nov 10:07 UTC · ana notes: the disk is full, making room (by command, local chat)
            Mon 23 Nov 10:07 UTC · igor resolved it. Alertmanager has not said yet that it is back to normal. (by command, local chat)
            The same stands in the thread of its card.
            """,
            await world.Presses("ana", "history", "A-1"));
    }

    [Fact]
    public async Task Nobody_on_call_is_said_on_the_card_and_in_the_thread()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_single");
        Assert.Contains("On call: nobody for core: /oncall join signs you up", await world.Hears());
        Assert.StartsWith("Opened. Nobody is on call for core, so nobody was told (step 1 of 3).", await world.Hears());
    }

    private static async Task SignUp(World world, params string[] people)
    {
        foreach (var person in people)
        {
            await world.Says(person, "/oncall join");
            Assert.StartsWith($"{person} joined core.", await world.Hears());
        }
    }

    private static async Task Fire(World world, string told = "Opened.")
    {
        await world.Sample("webhook_firing_single");
        Assert.StartsWith("InstanceDown", await world.Hears());
        Assert.StartsWith(told, await world.Hears());
    }
}
