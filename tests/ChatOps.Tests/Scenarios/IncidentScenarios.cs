using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Incidents and their post-mortems, as people work on them.</summary>
public sealed class IncidentScenarios
{
    [Fact]
    public async Task An_incident_declared_from_an_alert_has_its_card_and_both_know_each_other()
    {
        await using var world = await World.Begin();
        await Fire(world);
        var form = await Opens(world, "/incident declare A-1");
        await Submits(world, form, new { title = "Mail servers down", severity = "critical", known = "ams3 only" });

        Assert.Equal(
            """
            I-1: Mail servers down
            ams3 only
            Severity: critical
            Declared: by @ana, Mon 23 Nov 10:00 UTC
            Alerts: A-1
            Add to its timeline with /incident note I-1; all of it stands in /incident show I-1.
            """,
            await world.Hears());
        Assert.StartsWith("ana declared incident I-1: Mail servers down.", await world.Hears());
        Assert.StartsWith("ana declared the incident from A-1, InstanceDown. Known so far: ams3 only", await world.Hears());
        Assert.Equal("open", (await world.Card("I-1")).State);
        var alert = await world.Card("A-1");
        Assert.Contains("Incident: I-1", alert.Text);
        Assert.DoesNotContain("Declare incident", alert.Labels);
        Assert.Equal("A-1 belongs to I-1 already: /incident show I-1.", await world.Presses("igor", "declare", "A-1"));
    }

    [Fact]
    public async Task Two_who_declare_from_one_alert_make_one_incident()
    {
        await using var world = await World.Begin();
        await Fire(world);
        var form = await Opens(world, "/incident declare A-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Submits(world, form, new { title = "Mail", severity = "major", known = "" })));
        Assert.Single(answers, answer => answer.Contains(" is declared: Mail.", StringComparison.Ordinal));
        Assert.Equal(3, answers.Count(answer => answer.StartsWith("A-1 belongs to I-", StringComparison.Ordinal)));
        for (var i = 0; i < 3; i++)
        {
            await world.Hears();
        }
    }

    [Fact]
    public async Task Everything_that_happens_with_it_and_its_alerts_stands_in_the_timeline()
    {
        await using var world = await World.Begin();
        await Fire(world);
        await world.Says("ana", "/incident start Mail servers in ams3 lose messages");
        await world.Says("ana", "/incident link I-1 A-1");
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Says("igor", "/alert ack A-1");
        await world.Says("igor", "/incident note moved the queue to mail-02");
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.Says("igor", "/incident severity critical");
        await world.Says("igor", "/incident mitigate");
        await world.Sample("webhook_resolved");
        await world.Says("ana", "/incident resolve");

        var shown = await world.Says("ana", "/incident show I-1");
        Assert.Contains(
            """
            A-1: Mon 23 Nov 10:00 UTC · ana linked it to incident I-1: Mail servers in ams3 lose messages. (by command, local chat)
            I-1: Mon 23 Nov 10:00 UTC · ana declared the incident. (by command, local chat)
            I-1: Mon 23 Nov 10:00 UTC · ana linked A-1, InstanceDown. (by command, local chat)
            A-1: Mon 23 Nov 10:04 UTC · igor acknowledged it. (by command, local chat)
            I-1: Mon 23 Nov 10:04 UTC · igor notes: moved the queue to mail-02 (by command, local chat)
            A-1: Mon 23 Nov 10:34 UTC · It is back to normal: resolved. (by Alertmanager, receiver hook)
            I-1: Mon 23 Nov 10:34 UTC · igor changed the severity from major to critical. (by command, local chat)
            I-1: Mon 23 Nov 10:34 UTC · igor mitigated it. Its post-mortem is due Mon 30 Nov 10:34 UTC: /postmortem start I-1 begins it. (by command, local chat)
            I-1: Mon 23 Nov 10:34 UTC · ana resolved it after 34 min. Its post-mortem is due Mon 30 Nov 10:34 UTC: /postmortem start I-1 begins it. (by command, local chat)
            """,
            shown);
        Assert.Contains("Resolved: by @ana, Mon 23 Nov 10:34 UTC, after 34 min", shown);
        Assert.Equal("closed", (await world.Card("I-1")).State);
        Assert.Equal("I-1 is over: @ana resolved it, Mon 23 Nov 10:34 UTC. /incident reopen I-1 opens it again.", await world.Says("igor", "/incident mitigate I-1"));
        Assert.Equal("I-1 is open again.", await world.Says("igor", "/incident reopen I-1"));
        Assert.Equal("open", (await world.Card("I-1")).State);
        await HearAll(world);
    }

    [Fact]
    public async Task A_post_mortem_is_begun_with_the_timeline_edited_published_and_due_a_week_after_mitigation()
    {
        await using var world = await World.Begin();
        await world.Says("ana", "/incident start Mail | <b>down</b>");
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await world.Says("ana", "/incident resolve");
        Assert.Equal("I-1 not begun, due Mon 30 Nov 10:20 UTC · I-1: Mail | <b>down</b>", Line(await world.Says("igor", "/postmortem list"), 1));
        Assert.StartsWith("P-1 is begun with the timeline of I-1.", await world.Presses("igor", "postmortem", "I-1"));
        Assert.Equal("I-1 has one already: /postmortem show P-1.", await world.Says("ana", "/postmortem start I-1"));

        var text = await world.Says("ana", "/postmortem show p1");
        Assert.Contains("title: \"Mail | <b>down</b>\"", text);
        Assert.Contains("| 2026-11-23 10:00 | I-1: ana declared the incident. |", text);
        Assert.Contains("# Mail | &lt;b>down&lt;/b>", text);

        Assert.Equal("P-1 still asks in Summary, The impact, Trigger, Resolution what should stand there. /postmortem edit P-1 writes it; then publish it.", await world.Says("ana", "/postmortem publish P-1"));
        var form = await Opens(world, "/postmortem edit P-1");
        Assert.Equal("P-1 is stored.", await Submits(world, form, new { text = "It was DNS." }));
        Assert.StartsWith("Somebody else changed P-1 while you were writing", await Submits(world, form, new { text = "It was the disk." }));
        Assert.Contains("It was DNS.", await world.Says("ana", "/postmortem show P-1"));

        await world.Pass(Duration.FromDays(8));
        Assert.Equal("P-1 begun, overdue since Mon 30 Nov 10:20 UTC · I-1: Mail | <b>down</b>", Line(await world.Says("igor", "/postmortem list"), 1));
        Assert.Equal("P-1 is published. Thank you.", await world.Says("igor", "/postmortem publish P-1"));
        Assert.Equal("P-1 published · I-1: Mail | <b>down</b>", Line(await world.Says("igor", "/postmortem list"), 1));
        Assert.StartsWith("@igor published P-1 already", await world.Says("ana", "/postmortem publish P-1"));
        await HearAll(world);
    }

    [Fact]
    public async Task After_its_incident_is_over_a_post_mortem_that_is_due_begins_without_being_named_and_of_several_they_are_named()
    {
        await using var world = await World.Begin();
        await world.Says("ana", "/incident start One");
        await world.Says("ana", "/incident resolve");
        await world.Says("ana", "/incident start Two");
        await world.Says("ana", "/incident resolve");
        Assert.Contains("Post-mortem: due Mon 30 Nov", (await world.Card("I-1")).Text);
        var which = await world.Says("ana", "/postmortem start");
        Assert.StartsWith("Which one? These are due; name the incident, such as I-1:\nI-1 not begun", which);
        Assert.Contains("I-2 not begun", which);
        Assert.StartsWith("P-1 is begun with the timeline of I-2.", await world.Says("ana", "/postmortem start I-2"));
        Assert.StartsWith("P-2 is begun with the timeline of I-1.", await world.Says("ana", "/postmortem start"));
        Assert.StartsWith("No incident is open.", await world.Says("ana", "/postmortem start"));
        await HearAll(world);
    }

    [Theory]
    [InlineData("/incident mitigate", "No incident is open.")]
    [InlineData("/incident show X", "\"X\" is not an incident: incidents are called I-3.")]
    [InlineData("/incident show I-9", "There is no incident I-9.")]
    [InlineData("/incident list", "No incident is open.")]
    [InlineData("/incident declare A-9", "There is no alert A-9.")]
    [InlineData("/postmortem list", "No post-mortem is due, and none was written yet.")]
    [InlineData("/postmortem show 7", "There is no post-mortem P-7.")]
    [InlineData("/postmortem start I-7", "There is no incident I-7.")]
    [InlineData("/incident strat", "I do not know \"incident strat\". Did you mean /incident start")]
    public async Task Wrong_words_are_answered(string typed, string answer)
    {
        await using var world = await World.Begin();
        Assert.StartsWith(answer, await world.Says("ana", typed));
    }

    private static async Task Fire(World world)
    {
        await world.Sample("webhook_firing_single");
        await world.Hears();
        await world.Hears();
    }

    private static async Task<string> Opens(World world, string typed) =>
        (await world.Post("/local/command", new { user = "ana", channel = "on-call", text = typed })).GetProperty("form").GetProperty("formId").GetString()!;

    private static async Task<string> Submits(World world, string formId, object values) =>
        (await world.Post("/local/form", new { user = "ana", formId, values })).GetProperty("replies")[0].GetProperty("text").GetString()!;

    private static string Line(string text, int number) => text.Split('\n')[number];

    private static async Task HearAll(World world)
    {
        await world.Settle();
        var messages = (await world.Messages()).Count - world.Heard;
        for (var i = 0; i < messages; i++)
        {
            await world.Hears();
        }
    }
}
