using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>The pager, when nobody answers in chat.</summary>
public sealed class PagerScenarios
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    // On call at once, then the pager, twice over.
    private static readonly string[] Policy =
    [
        "--Policies:default:Steps:0:Tell=oncall",
        "--Policies:default:Steps:1:After=5m", "--Policies:default:Steps:1:Tell=pager",
        "--Policies:default:Repeat=1",
    ];

    [Fact]
    public async Task Each_time_that_nobody_answers_it_rings_anew_and_an_acknowledgement_in_chat_makes_it_quiet()
    {
        await using var pager = await FakePagerDuty.Open();
        await using var world = await World.Begin([.. Policy, .. pager.Settings]);
        await world.Says("igor", "/oncall join");
        await world.Sample("webhook_firing_single");
        await world.HearsAll();
        Assert.Empty(pager.Pages);

        await world.Pass(5 * Minute);
        Assert.StartsWith("Told the pager (step 2 of 2).", await world.Hears());
        var first = Assert.Single(pager.Pages);
        Assert.Equal(("triggered", "A-1 InstanceDown: Mailserver down", "critical"), (first.State, first.Summary, first.Severity));

        await world.Pass(10 * Minute);
        await world.HearsAll();
        Assert.Equal(["resolved", "triggered"], pager.Pages.Select(page => page.State));

        await world.Presses("igor", "ack", "A-1");
        await world.HearsAll();
        Assert.Equal("acknowledged", pager.Pages[1].State);

        await world.Presses("igor", "resolve", "A-1");
        await world.HearsAll();
        Assert.Equal(["resolved", "resolved"], pager.Pages.Select(page => page.State));
        Assert.Equal(2, pager.Pages.Select(page => page.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_snoozed_alert_is_quiet_and_an_escalation_rings_again()
    {
        await using var pager = await FakePagerDuty.Open();
        await using var world = await World.Begin(["--Policies:default:Steps:0:Tell=pager", .. pager.Settings]);
        await world.Sample("webhook_firing_single");
        await world.Says("ana", "/alert snooze A-1 --for 2h");
        await world.HearsAll();
        Assert.Equal("acknowledged", Assert.Single(pager.Pages).State);

        await world.Says("ana", "/alert escalate A-1");
        await world.HearsAll();
        Assert.Equal(["resolved", "triggered"], pager.Pages.Select(page => page.State));
    }

    [Theory]
    [InlineData(Fault.TooMany)]
    [InlineData(Fault.Broken)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Gibberish)]
    internal async Task What_the_pager_does_not_take_now_it_gets_later_and_rings_once(Fault fault)
    {
        await using var pager = await FakePagerDuty.Open();
        pager.NextTime(fault);
        await using var world = await World.Begin(["--Policies:default:Steps:0:Tell=pager", .. pager.Settings]);
        await world.Sample("webhook_firing_single");
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
                return pager.Pages.Count > 0 && await world.Services.GetRequiredService<IStore>().Count(Mark.ByPlatform, Keys.All) == 0;
            },
            "the pager was never told");
        await world.HearsAll();

        Assert.Equal("triggered", Assert.Single(pager.Pages).State);
        Assert.Equal("{\"works\":true,\"state\":\"ok\"}", (await world.Http.GetFromJsonAsync<JsonElement>("/readyz")).GetProperty("pager").GetProperty("pagerDuty").GetRawText());
    }

    [Fact]
    public async Task What_the_pager_refuses_is_an_alert_about_ourselves()
    {
        await using var pager = await FakePagerDuty.Open();
        await using var world = await World.Begin(
            "--Policies:urgent:Steps:0:Tell=pager", "--Routes:0:Match:alertname=InstanceDown", "--Routes:0:Policy=urgent",
            pager.Settings[0], "--PagerDuty:RoutingKey=ffffffffffffffffffffffffffffffff");
        pager.NextTime(Fault.Forbidden);
        await world.Sample("webhook_firing_single");
        await World.Until(async () => (await world.Messages()).Any(message => message.Subject == "A-2" && message.ThreadId is null), "nobody hears that the pager refuses");

        var card = await world.Card("A-2");
        Assert.Contains("pagerduty does not take a page: nobody is rung up there", card.Text, StringComparison.Ordinal);
        Assert.Contains("A-1/1: PagerDuty refuses the event (403)", card.Text, StringComparison.Ordinal);
        await world.HearsAll();
        world.Log.Forgive("A-1/1 will never be shown");
    }
}
