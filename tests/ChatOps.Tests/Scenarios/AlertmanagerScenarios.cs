using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>Debian's real Alertmanager against the running bot.</summary>
public sealed class AlertmanagerScenarios(ITestOutputHelper output)
{
    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task A_firing_alert_is_a_card_at_once_and_follows_to_its_end()
    {
        await using var world = await World.Begin();
        await using var alertmanager = await RealAlertmanager.Start(Hook(world));

        var began = TimeProvider.System.GetTimestamp();
        await alertmanager.Post(RealAlertmanager.Alert("InstanceDown", "mail-01.do-ams3.eth.prod"));
        var card = await world.HearsSoon();
        output.WriteLine($"From Prometheus's post to the card: {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        Assert.StartsWith("InstanceDown\nmail-01.do-ams3.eth.prod is down\nmail-01.do-ams3.eth.prod of job mailserver does not answer\nSeverity: critical", card);
        Assert.Contains("Source: https://prometheus.status.im/graph?g0.expr=up%20%3D%3D%200 · Runbook: https://github.com/status-im/infra-docs · Alertmanager: http://", card);
        Assert.StartsWith("Opened.", await world.HearsSoon());

        await alertmanager.Post(RealAlertmanager.Alert("InstanceDown", "mail-02.do-ams3.eth.prod"));
        Assert.StartsWith("1 more firing: mail-02.do-ams3.eth.prod. 2 are firing now.", await world.HearsSoon());
        Assert.Contains("Alerts: 2 firing", (await world.Card("A-1")).Text);
        world.Clock.Advance(TimeSpan.FromMinutes(2));

        await alertmanager.Post(RealAlertmanager.Alert("InstanceDown", "mail-01.do-ams3.eth.prod", resolved: true));
        Assert.StartsWith("Back to normal: mail-01.do-ams3.eth.prod. 1 is firing now.", await world.HearsSoon());
        await alertmanager.Post(RealAlertmanager.Alert("InstanceDown", "mail-02.do-ams3.eth.prod", resolved: true));
        Assert.StartsWith("All 2 are back to normal: resolved.", await world.HearsSoon());
        Assert.Equal("resolved", (await world.Card("A-1")).State);
    }

    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task Its_repeats_say_nothing_new_and_groups_stay_apart()
    {
        await using var world = await World.Begin();
        await using var alertmanager = await RealAlertmanager.Start(Hook(world));
        await alertmanager.Post(
            RealAlertmanager.Alert("HighDisk", "a"), RealAlertmanager.Alert("HighDisk", "b"), RealAlertmanager.Alert("HighDisk", "c", fleet: "eth.test"));
        for (var i = 0; i < 4; i++)
        {
            await world.HearsSoon();
        }

        // Alertmanager repeats a group every two seconds here.
        await World.Until(() => Task.FromResult(world.Log.Lines.Count(line => line.Contains("HighDisk is Firing", StringComparison.Ordinal)) == 2), "two groups");
        await world.Repeats("alertmanager", atLeast: 2);
        await world.HearsNothing();
        Assert.Contains("fleet: eth.prod", (await world.Card("A-1")).Text + (await world.Card("A-2")).Text);
    }

    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task It_comes_again_until_the_bot_is_back()
    {
        await using var world = await World.Begin();
        var hook = Hook(world);
        await using var alertmanager = await RealAlertmanager.Start(hook);
        await world.Stop();
        await alertmanager.Post(RealAlertmanager.Alert("InstanceDown", "boot-01.do-ams3.eth.prod"));
        await world.StartAgain();
        Assert.StartsWith("InstanceDown\nboot-01.do-ams3.eth.prod is down", await world.HearsSoon());
        Assert.StartsWith("Opened.", await world.HearsSoon());
    }

    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task It_shows_the_secret_as_Basic_password_or_bearer_token()
    {
        await using var world = await World.Begin("--Sources:Alertmanager:Secret=s3cret");
        await using (var basic = await RealAlertmanager.Start(Hook(world), "{ basic_auth: { username: alertmanager, password: s3cret } }"))
        {
            await basic.Post(RealAlertmanager.Alert("ByBasic", "a"));
            Assert.StartsWith("ByBasic", await world.HearsSoon());
            await world.HearsSoon();
        }

        await using var bearer = await RealAlertmanager.Start(Hook(world), "{ authorization: { type: Bearer, credentials: s3cret } }");
        await bearer.Post(RealAlertmanager.Alert("ByToken", "a"));
        Assert.StartsWith("ByToken", await world.HearsSoon());
        await world.HearsSoon();
    }

    private static Uri Hook(World world) => new(world.Http.BaseAddress!, "/hooks/alertmanager");
}
