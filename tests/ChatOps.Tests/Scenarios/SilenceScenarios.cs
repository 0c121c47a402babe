using ChatOps.Core.Alerts;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static ChatOps.Tests.Scenarios.QuietTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>A group that is quiet until an end.</summary>
public sealed class SilenceScenarios
{
    [Fact]
    public async Task A_silenced_alert_tells_nobody_and_fires_from_the_first_step_when_the_end_comes_and_it_still_fires()
    {
        await using var world = await Fires();
        await world.Pass(5 * Minute);
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).", await world.Hears());
        Assert.Equal("A-1 and its group are silenced until Mon 23 Nov 12:05 UTC.", await world.Presses("ana", "silence", "A-1"));
        Assert.StartsWith("ana silenced it until Mon 23 Nov 12:05 UTC: until then nobody is told of this group.\nMon 23 Nov 10:05 UTC · by button", await world.Hears());
        var card = await world.Card("A-1");
        Assert.Equal("silenced", card.State);
        Assert.Contains("Status: silenced by ana until Mon 23 Nov 12:05 UTC: nobody is told", card.Text);
        Assert.DoesNotContain("@", card.Text);
        Assert.Equal(["Resolve", "Declare incident", "Lift silence", "History"], card.Labels);
        Assert.Contains("A-1 silenced · critical · InstanceDown · since Mon 23 Nov 10:00 UTC · by ana until Mon 23 Nov 12:05 UTC", await world.Says("ana", "/alert list"));

        await world.Sample("webhook_firing_single");
        await world.Pass(2 * Hour - Duration.FromMilliseconds(1));
        await world.HearsNothing();
        await world.Pass(Duration.FromMilliseconds(1));
        Assert.StartsWith("The silence ended and it still fires. Told @igor, on call for core (step 1 of 3).\nMon 23 Nov 12:05 UTC · by escalation policy", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-1")).State);
        await world.Pass(5 * Minute);
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3).", await world.Hears());
    }

    [Fact]
    public async Task New_alerts_of_the_group_are_noted_and_tell_nobody_and_the_source_can_still_resolve_it()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_group3");
        await world.Hears();
        await world.Hears();
        await world.Says("ana", "/alert silence A-1 --for 1d --why moving the disks");
        Assert.StartsWith("ana silenced it until Tue 24 Nov 10:00 UTC: until then nobody is told of this group. Why: moving the disks\n", await world.Hears());
        Assert.Contains("silenced by ana until Tue 24 Nov 10:00 UTC: nobody is told. Why: moving the disks", (await world.Card("A-1")).Text);

        await world.Sample("webhook_mixed_one_resolved");
        Assert.StartsWith("Back to normal: b. 2 are firing now.", await world.Hears());
        await world.Pass(Minute);
        await world.Sample("webhook_firing_group3");
        Assert.StartsWith("1 more firing: b. 3 are firing now.", await world.Hears());
        Assert.Equal("silenced", (await world.Card("A-1")).State);
        await world.Sample(MonitoringScenarios.Resolved("webhook_firing_group3"));
        Assert.StartsWith(
            "All 4 are back to normal: resolved. The silence of its group goes on until Tue 24 Nov 10:00 UTC: what fires again before that is not told. /alert unsilence A-1 lifts it.", await world.Hears());
        Assert.Equal("resolved", (await world.Card("A-1")).State);
    }

    [Fact]
    public async Task What_fires_again_before_the_end_is_born_silenced_until_the_same_end()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Sample("webhook_resolved");
        await world.Hears();
        await world.Pass(Hour);
        await world.Restart();
        await world.Sample("webhook_firing_single");
        var card = await world.Hears();
        Assert.Contains("silenced by ana until Mon 23 Nov 12:00 UTC", card);
        Assert.DoesNotContain("@", card);
        Assert.StartsWith("Opened. ana silenced this group until Mon 23 Nov 12:00 UTC, so nobody is told.", await world.Hears());
        Assert.Equal("silenced", (await world.Card("A-2")).State);
        await world.Pass(Hour - Duration.FromMilliseconds(1));
        await world.HearsNothing();
        await world.Pass(Duration.FromMilliseconds(1));
        Assert.StartsWith("The silence ended and it still fires. Told @igor, on call for core (step 1 of 3).\nMon 23 Nov 12:00 UTC", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-2")).State);
    }

    [Fact]
    public async Task What_fires_again_at_the_instant_of_the_end_is_told()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Sample("webhook_resolved");
        await world.Hears();
        await world.Pass(2 * Hour);
        await world.Sample("webhook_firing_single");
        await world.Hears();
        Assert.StartsWith("Opened. Told @igor", await world.Hears());
        Assert.Equal("A-2 is not silenced any more: the silence ended, Mon 23 Nov 12:00 UTC.", await world.Says("ana", "/alert silence A-2 --off"));
    }

    [Fact]
    public async Task Other_groups_are_told_as_ever()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Sample("webhook_firing_group3");
        await world.Hears();
        Assert.StartsWith("Opened with 3 alerts. Told @igor", await world.Hears());
    }

    [Fact]
    public async Task A_restart_in_between_changes_nothing_and_an_end_while_the_program_is_down_is_told_when_it_is_back()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Restart();
        Assert.Equal("silenced", (await world.Card("A-1")).State);
        await world.Stop();
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.StartAgain();
        Assert.StartsWith("The silence ended and it still fires. Told @igor", await world.HearsSoon());
    }

    [Theory]
    [InlineData("/alert silence A-1 --off")]
    [InlineData("/alert unsilence A-1")]
    [InlineData("button")]
    public async Task Lifted_by_hand_it_fires_from_the_first_step(string way)
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Pass(20 * Minute);
        Assert.Equal("A-1 is not silenced any more: told @igor.", way == "button" ? await world.Presses("igor", "unsilence", "A-1") : await world.Says("igor", way));
        Assert.StartsWith("igor lifted the silence and it still fires. Told @igor, on call for core (step 1 of 3).\nMon 23 Nov 10:20 UTC", await world.Hears());
        Assert.Equal(["Acknowledge", "Escalate", "Resolve", "Declare incident", "Snooze", "Silence", "History"], (await world.Card("A-1")).Labels);
        Assert.Equal("A-1 is not silenced any more: @igor lifted it, Mon 23 Nov 10:20 UTC.", await world.Presses("ana", "unsilence", "A-1"));
    }

    [Fact]
    public async Task Lifted_on_the_alert_that_is_over_the_group_is_told_again()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Presses("ana", "resolve", "A-1");
        Assert.StartsWith("ana resolved it. Alertmanager has not said yet that it is back to normal. The silence of its group goes on until Mon 23 Nov 12:00 UTC", await world.Hears());
        Assert.Equal("The silence is lifted: when the group of A-1 fires again, people are told.", await world.Says("ana", "/alert silence A-1 --off"));
        Assert.StartsWith("ana lifted the silence: when this group fires again, people are told.", await world.Hears());
        await world.Pass(30 * Minute);
        await world.Sample("webhook_firing_single");
        await world.Hears();
        Assert.StartsWith("Opened. Told @igor", await world.Hears());
    }

    [Fact]
    public async Task Lifted_by_the_old_name_it_is_the_open_alert_of_the_group_that_fires()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Sample("webhook_resolved");
        await world.Sample("webhook_firing_single");
        for (var i = 0; i < 4; i++)
        {
            await world.Hears();
        }

        Assert.Equal("A-2 is not silenced any more: told @igor.", await world.Says("ana", "/alert silence A-1 --off"));
        Assert.StartsWith("ana lifted the silence and it still fires. Told @igor", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-2")).State);
    }

    [Fact]
    public async Task Who_had_it_still_has_it_when_the_silence_is_lifted()
    {
        await using var world = await IsAcknowledged();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        Assert.Equal("silenced", (await world.Card("A-1")).State);
        Assert.Equal("A-1 is not silenced any more; @igor has it.", await world.Presses("ana", "unsilence", "A-1"));
        Assert.StartsWith("ana lifted the silence. @igor has it since Mon 23 Nov 10:00 UTC.", await world.Hears());
        Assert.Equal("acknowledged", (await world.Card("A-1")).State);
        await world.Pass(4 * Hour);
        Assert.StartsWith("@igor, you acknowledged this 4 h ago", await world.Hears());
    }

    [Fact]
    public async Task Who_had_it_has_to_take_it_again_after_the_end()
    {
        await using var world = await IsAcknowledged();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Pass(2 * Hour);
        Assert.StartsWith("The silence ended and it still fires. igor had it before. Told @igor, on call for core (step 1 of 3).", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-1")).State);
    }

    [Fact]
    public async Task What_would_tell_people_is_refused_while_it_is_silenced()
    {
        await using var world = await Fires();
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        foreach (var action in new[] { "ack", "escalate", "snooze" })
        {
            Assert.Equal("A-1 is silenced by @ana until Mon 23 Nov 12:00 UTC: nobody is told of it. /alert unsilence A-1 lifts that.", await world.Presses("igor", action, "A-1"));
        }

        Assert.Equal("A-1 is not snoozed.", await world.Presses("igor", "wake", "A-1"));
        Assert.Equal("A-1 is silenced already, by @ana until Mon 23 Nov 12:00 UTC. /alert silence A-1 --for 2h gives it another end.", await world.Presses("igor", "silence", "A-1"));
        await world.Says("igor", "/alert note A-1 looking at it");
        Assert.StartsWith("igor notes: looking at it", await world.Hears());
    }

    [Fact]
    public async Task A_silence_ends_a_snooze_and_another_end_that_is_named_replaces_the_first()
    {
        await using var world = await Fires();
        await world.Presses("ana", "snooze", "A-1");
        await world.Presses("ana", "silence", "A-1");
        await world.Hears();
        await world.Hears();
        await world.Says("igor", "/alert silence A-1 --for 30m");
        Assert.StartsWith("igor silenced it until Mon 23 Nov 10:30 UTC instead of until Mon 23 Nov 12:00 UTC", await world.Hears());
        await world.Pass(30 * Minute);
        Assert.StartsWith("The silence ended and it still fires. Told @igor, on call for core (step 1 of 3).", await world.Hears());
        await world.Presses("ana", "resolve", "A-1");
        await world.Hears();
        await world.Pass(2 * Hour);
    }

    [Fact]
    public async Task Of_eight_who_silence_at_once_one_does_and_of_eight_who_lift_at_once_one_does()
    {
        await using var world = await Fires();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => world.Presses($"p{i}", "silence", "A-1")));
        Assert.Single(answers, answer => answer.StartsWith("A-1 and its group are silenced until", StringComparison.Ordinal));
        Assert.Equal(7, answers.Count(answer => answer.StartsWith("A-1 is silenced already, by @", StringComparison.Ordinal)));
        await world.Hears();
        answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => world.Presses($"p{i}", "unsilence", "A-1")));
        Assert.Single(answers, "A-1 is not silenced any more: told @igor.");
        Assert.Equal(7, answers.Count(answer => answer.StartsWith("A-1 is not silenced any more: @", StringComparison.Ordinal)));
        Assert.Contains("lifted the silence and it still fires. Told @igor", await world.Hears());
    }

    [Theory]
    [InlineData("silence", "unsilence")]
    [InlineData("snooze", "wake")]
    public async Task A_late_click_does_not_make_quiet_what_somebody_has_just_made_loud(string quiet, string loud)
    {
        await using var world = await Fires();
        await world.Presses("ana", quiet, "A-1");
        await world.Presses("ana", loud, "A-1");
        await world.Hears();
        await world.Hears();
        world.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal($"@ana has just ended the quiet of A-1 (12 s ago), so I leave it as it is. To {quiet} it all the same, say for how long: /alert {quiet} A-1 --for 1h.", await world.Presses("igor", quiet, "A-1"));
        Assert.Equal("firing", (await world.Card("A-1")).State);
        Assert.Contains("until Mon 23 Nov 11:00 UTC", await world.Says("igor", $"/alert {quiet} A-1 --for 1h"));
        await world.Hears();
    }

    [Fact]
    public async Task Lifting_while_the_group_fires_again_leaves_nothing_silenced()
    {
        await using var world = await Fires();
        var id = "A-1";
        for (var round = 0; round < 10; round++)
        {
            await world.Says("ana", $"/alert silence {id} --for 1h");
            await world.Sample("webhook_resolved");
            await Task.WhenAll(world.Sample("webhook_firing_single"), world.Says("ana", $"/alert unsilence {id}"));
            // Not the next number: whoever lost the race has drawn one that stays unused.
            var open = Assert.Single(await world.Services.GetRequiredService<IStore>().List(Alert.OpenSince, Keys.All));
            Assert.Null(open.Silenced);
            Assert.Equal("firing", (await world.Card(open.Id)).State);
            id = open.Id;
        }

        while ((await world.Unheard()) > 0)
        {
            await world.Hears();
        }
    }

    [Theory]
    [InlineData("--for 59s", "At least 1 min and at most 30 days; that would be 59 s.")]
    [InlineData("--for 31d", "At least 1 min and at most 30 days; that would be 31 days.")]
    [InlineData("--until last monday", "Mon 16 Nov 00:00 UTC is not ahead. Try: --for 2h, --until tomorrow 09:00.")]
    [InlineData("--off --why not", "--off ends it now: leave the other options out.")]
    [InlineData("--off", "A-1 is not silenced.")]
    public async Task What_cannot_be_done_is_refused_in_words(string options, string refusal)
    {
        await using var world = await Fires();
        Assert.Equal(refusal, await world.Says("ana", $"/alert silence A-1 {options}"));
        Assert.Equal("There is no alert A-9. /alert list shows those that are open.", await world.Says("ana", "/alert silence A-9"));
    }
}
