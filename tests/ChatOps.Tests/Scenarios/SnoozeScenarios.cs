using NodaTime;
using static ChatOps.Tests.Scenarios.QuietTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>An alert's timer sleeps until an end.</summary>
public sealed class SnoozeScenarios
{
    [Fact]
    public async Task A_snoozed_alert_keeps_its_state_and_tells_nobody_until_the_end_and_then_goes_on_where_it_was()
    {
        await using var world = await Fires();
        Assert.Equal("A-1 sleeps until Mon 23 Nov 11:00 UTC. Nobody has it: then the next are told.", await world.Presses("ana", "snooze", "A-1"));
        Assert.StartsWith("ana snoozed it until Mon 23 Nov 11:00 UTC. Nobody has it.\nMon 23 Nov 10:00 UTC · by button", await world.Hears());
        var card = await world.Card("A-1");
        Assert.Equal("firing", card.State);
        Assert.Contains("Status: firing, not acknowledged. Snoozed by @ana until Mon 23 Nov 11:00 UTC", card.Text);
        Assert.Contains("next: whoever is on call for core, Mon 23 Nov 11:00 UTC", card.Text);
        Assert.Equal(["Acknowledge", "Escalate", "Resolve", "Declare incident", "Wake", "Silence", "History"], card.Labels);
        Assert.Contains("· snoozed until Mon 23 Nov 11:00 UTC", await world.Says("ana", "/alert list --all"));

        await world.Pass(Hour - Duration.FromMilliseconds(1));
        await world.HearsNothing();
        await world.Pass(Duration.FromMilliseconds(1));
        Assert.StartsWith("The snooze by ana ended and it still fires. Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 11:00 UTC · by escalation policy", await world.Hears());
        Assert.DoesNotContain("Snoozed", (await world.Card("A-1")).Text);
        await world.Pass(5 * Minute);
        Assert.StartsWith("Told @igor, @ana, everyone in core (step 3 of 3).", await world.Hears());
    }

    [Fact]
    public async Task Who_has_it_is_reminded_at_the_end_and_it_is_handed_on_when_they_do_not_answer()
    {
        await using var world = await IsAcknowledged();
        Assert.Equal("A-1 sleeps until Tue 24 Nov 09:00 UTC.", await world.Says("igor", "/alert snooze --until tomorrow 09:00"));
        Assert.StartsWith("igor snoozed it until Tue 24 Nov 09:00 UTC.\n", await world.Hears());
        var card = await world.Card("A-1");
        Assert.Equal("acknowledged", card.State);
        Assert.Contains("acknowledged by @igor, Mon 23 Nov 10:00 UTC. Snoozed by @igor until Tue 24 Nov 09:00 UTC", card.Text);

        await world.Pass(Duration.FromHours(23));
        Assert.StartsWith("@igor, your snooze ended and this is not resolved. Resolve it, escalate it or snooze it again; otherwise it is handed on, Tue 24 Nov 13:00 UTC.\nTue 24 Nov 09:00 UTC", await world.Hears());
        Assert.Equal("acknowledged", (await world.Card("A-1")).State);
        await world.Pass(Duration.FromHours(4));
        Assert.StartsWith("@igor had it since Mon 23 Nov 10:00 UTC and did not answer, so it is handed on.", await world.Hears());
    }

    [Fact]
    public async Task Where_nobody_is_ever_reminded_the_end_of_a_snooze_is_told_all_the_same()
    {
        await using var world = await IsAcknowledged("--Policies:default:RemindAfter=0");
        await world.Presses("igor", "snooze", "A-1");
        await world.Hears();
        await world.Pass(Duration.FromDays(3));
        Assert.StartsWith("@igor, your snooze ended and this is not resolved. Resolve it, escalate it or snooze it again.\n", await world.Hears());
    }

    [Fact]
    public async Task Only_who_has_it_can_snooze_it()
    {
        await using var world = await IsAcknowledged();
        Assert.Equal("@igor has A-1 since Mon 23 Nov 10:00 UTC: only who has it can snooze it.", await world.Presses("ana", "snooze", "A-1"));
    }

    [Fact]
    public async Task A_restart_wakes_nobody_early_and_a_snooze_that_ends_while_the_program_is_down_ends_when_it_is_back()
    {
        await using var world = await Fires();
        await world.Says("ana", "/alert snooze A-1 --for 30m");
        await world.Hears();
        await world.Pass(29 * Minute);
        await world.Restart();
        await world.HearsNothing();
        await world.Stop();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.StartAgain();
        Assert.StartsWith("The snooze by ana ended and it still fires. Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 10:30 UTC", await world.HearsSoon());
    }

    [Fact]
    public async Task Woken_by_hand_the_next_step_comes_when_it_would_have_come()
    {
        await using var world = await Fires();
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Pass(2 * Minute);
        Assert.Equal("A-1 is awake: the next step is Mon 23 Nov 10:05 UTC.", await world.Presses("ana", "wake", "A-1"));
        Assert.StartsWith("ana woke it.\n", await world.Hears());
        await world.Pass(3 * Minute);
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 10:05 UTC", await world.Hears());
    }

    [Fact]
    public async Task Woken_by_hand_after_that_it_is_told_at_once()
    {
        await using var world = await Fires();
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Pass(20 * Minute);
        Assert.Equal("A-1 is awake: told @igor.", await world.Says("ana", "/alert snooze A-1 --off"));
        Assert.StartsWith("ana woke it. Told @igor, on call for core (step 2 of 3).\nMon 23 Nov 10:20 UTC · by command", await world.Hears());
        Assert.Equal("A-1 is not snoozed any more: @ana ended the quiet, Mon 23 Nov 10:20 UTC.", await world.Presses("igor", "wake", "A-1"));
    }

    [Fact]
    public async Task Woken_by_hand_whoever_has_it_keeps_it_and_is_reminded_as_after_an_acknowledgement()
    {
        await using var world = await IsAcknowledged();
        await world.Presses("igor", "snooze", "A-1");
        await world.Hears();
        Assert.Equal("A-1 is awake; @igor has it.", await world.Presses("ana", "wake", "A-1"));
        Assert.StartsWith("ana woke it. @igor has it.", await world.Hears());
        await world.Pass(4 * Hour);
        Assert.StartsWith("@igor, you acknowledged this 4 h ago and it is not resolved.", await world.Hears());
    }

    [Fact]
    public async Task When_all_steps_were_used_up_they_start_over_at_the_end()
    {
        await using var world = await Fires("--Policies:default:Repeat=0");
        await world.Pass(Hour);
        await world.Hears();
        await world.Hears();
        Assert.StartsWith("Nobody acknowledged, and I went through all steps once", await world.Hears());
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Pass(Hour);
        Assert.StartsWith("The snooze by ana ended and it still fires. Told @igor, on call for core (step 1 of 3).", await world.Hears());
    }

    [Fact]
    public async Task Of_two_who_snooze_at_once_one_does_and_the_other_is_told_who()
    {
        await using var world = await Fires();
        var card = await world.Card("A-1");
        var answers = await Task.WhenAll(world.Presses("ana", "snooze", card.Subject), world.Presses("igor", "snooze", card.Subject));
        Assert.Single(answers, answer => answer.StartsWith("A-1 sleeps until", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Contains("A-1 is snoozed already, by @", StringComparison.Ordinal));
        Assert.Contains(" snoozed it until", await world.Hears());
    }

    [Fact]
    public async Task Another_end_that_is_named_replaces_the_first()
    {
        await using var world = await Fires();
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Says("igor", "/alert snooze A-1 --for 3h");
        Assert.StartsWith("igor snoozed it until Mon 23 Nov 13:00 UTC instead of until Mon 23 Nov 11:00 UTC.", await world.Hears());
        await world.Pass(2 * Hour);
        await world.HearsNothing();
        await world.Pass(Hour);
        Assert.StartsWith("The snooze by igor ended", await world.Hears());
    }

    [Theory]
    [InlineData("ack", "igor acknowledged it. That ends the snooze by ana.")]
    [InlineData("escalate", "igor escalated it. That ends the snooze by ana. Told @igor, @ana, everyone in core (step 3 of 3).")]
    public async Task Who_acts_on_it_ends_the_snooze(string action, string said)
    {
        await using var world = await Fires();
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Presses("igor", action, "A-1");
        Assert.StartsWith(said, await world.Hears());
        Assert.DoesNotContain("Snoozed", (await world.Card("A-1")).Text);
    }

    [Fact]
    public async Task New_alerts_of_a_snoozed_group_are_noted_and_its_end_resolves_it()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_group3");
        await world.Hears();
        await world.Hears();
        await world.Presses("ana", "snooze", "A-1");
        await world.Hears();
        await world.Sample("webhook_mixed_one_resolved");
        Assert.StartsWith("Back to normal: b. 2 are firing now.", await world.Hears());
        Assert.Equal("A-1 is resolved.", await world.Presses("ana", "resolve", "A-1"));
        Assert.StartsWith("ana resolved it.", await world.Hears());
        Assert.Equal(["History"], (await world.Card("A-1")).Labels);
        await world.Pass(2 * Hour);
    }

    [Theory]
    [InlineData("--for 30s", "At least 1 min and at most 30 days; that would be 30 s.")]
    [InlineData("--for 5w", "At least 1 min and at most 30 days; that would be 35 days.")]
    [InlineData("--until yesterday", "Sun 22 Nov 00:00 UTC is not ahead. Try: --for 2h, --until tomorrow 09:00.")]
    [InlineData("--until now", "Mon 23 Nov 10:00 UTC is not ahead. Try: --for 2h, --until tomorrow 09:00.")]
    [InlineData("--for ever", "I do not know how long \"ever\" is. Try: 30m, 2h, 1d 4h, 1w.")]
    [InlineData("--for 1h --until 18:00", "Say --for or --until, not both.")]
    [InlineData("--off --for 1h", "--off ends it now: leave the other options out.")]
    [InlineData("--off", "A-1 is not snoozed.")]
    public async Task What_cannot_be_done_is_refused_in_words(string options, string refusal)
    {
        await using var world = await Fires();
        Assert.Equal(refusal, await world.Says("ana", $"/alert snooze A-1 {options}"));
    }

    [Fact]
    public async Task Whose_clock_shows_another_time_is_answered_in_theirs_as_well()
    {
        await using var world = await Fires();
        Assert.StartsWith("A-1 sleeps until Tue 24 Nov 08:00 UTC (Tue 24 Nov 09:00 CET for you).", await world.Says("ana", "/alert snooze A-1 --until tomorrow 09:00", "Europe/Berlin"));
        Assert.StartsWith("A-1 and its group are silenced until Tue 24 Nov 09:00 UTC (Tue 24 Nov 10:00 CET for you).", await world.Says("ana", "/alert silence A-1 --until tomorrow 10:00", "Europe/Berlin"));
        await world.HearsAll();
    }

    [Theory]
    [InlineData("--for 1m")]
    [InlineData("--for 30d")]
    public async Task The_shortest_and_the_longest_are_taken(string options)
    {
        await using var world = await Fires();
        Assert.StartsWith("A-1 sleeps until", await world.Says("ana", $"/alert snooze A-1 {options}"));
        await world.Hears();
    }
}
