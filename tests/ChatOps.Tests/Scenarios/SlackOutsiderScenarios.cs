using ChatOps.Core.Time;
using ChatOps.Tests.Fakes.Slack;
using NodaTime;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>People of another company, in a channel that is shared with it, and people who call themselves what they are not.</summary>
public sealed class SlackOutsiderScenarios(ITestOutputHelper output)
{
    private const string Outside = "T00000009";
    private const string Refusal = "You are of another workspace, and people from there may look, but do nothing here";

    [Theory]
    [InlineData("sre-admins", Outside, "@sre-admins,corey")]
    [InlineData("corey", Outside, "@sre-admins,corey")]
    [InlineData("sre-admins", Workspace.TeamId, "@sre-admins,corey")]
    [InlineData("s00000009", Workspace.TeamId, "S00000009")]
    public async Task Nobody_in_Slack_becomes_an_admin_by_calling_themselves_so(string name, string team, string admins)
    {
        await using var world = await World.BeginWithSlack([.. admins.Split(',').Select((entry, i) => $"--Roles:Admins:{i}={entry}")]);
        world.Slack.Users.Add(name, name, team: team);
        var said = await world.SaysInSlack(name, "/oncall backup");
        Assert.StartsWith(team == Outside ? Refusal : "That is for admins only: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_whoever_alone_is_called_so_and_nobody_when_two_are()
    {
        await using var world = await World.BeginWithSlack("--Roles:Admins:0=corey");
        world.Slack.Users.Add("cp", "Corey");
        world.Slack.Users.Add("guest", "corey").IsGuest = true;
        world.Slack.Users.Add("outside", "corey", team: Outside);
        Assert.Contains("Tuesday", await world.SaysInSlack("cp", "/oncall rotation handoff core tuesday 10:00"), StringComparison.Ordinal);
        foreach (var other in new[] { "igor", "guest", "outside" })
        {
            Assert.DoesNotContain("Tuesday", await world.SaysInSlack(other, "/oncall rotation handoff core tuesday 11:00"), StringComparison.Ordinal);
        }

        world.Slack.Users.Add("mallory", "Corey");
        await world.Pass(Duration.FromMinutes(6));
        foreach (var either in new[] { "cp", "mallory" })
        {
            Assert.StartsWith("That is for admins only: corey.", await world.SaysInSlack(either, "/oncall rotation handoff core tuesday 12:00"), StringComparison.Ordinal);
        }

        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task A_role_may_name_a_member_by_their_id_and_a_handover_tells_them()
    {
        await using var world = await World.BeginWithSlack("--Roles:Admins:0=U00000002");
        Assert.Equal("U00000002", world.Slack.Users["igor"].Id);
        Assert.Contains("Tuesday", await world.SaysInSlack("igor", "/oncall rotation handoff core tuesday 10:00"), StringComparison.Ordinal);
        Assert.StartsWith("That is for admins only", await world.SaysInSlack("ana", "/oncall rotation handoff core tuesday 11:00"), StringComparison.Ordinal);
        await world.SaysInSlack("ana", "/oncall join");
        world.Slack.Users.Add("bo", "Bo");
        await world.SaysInSlack("bo", "/oncall join");
        await world.HearsWhateverIsInSlack();
        await world.Pass(Duration.FromDays(8));
        await world.Settle();
        var told = Assert.Single(world.Slack.Messages.In("on-call"), message => message.Visible.Contains("Please see to it that somebody is", StringComparison.Ordinal));
        Assert.StartsWith("@igor: ", told.Visible, StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task Somebody_of_another_workspace_may_look_and_do_nothing()
    {
        await using var world = await World.BeginWithSlack("--Roles:Admins=igor@example.org");
        world.Slack.Users.Add("mallory", "Mallory", team: Outside);
        var card = await SlackNight.Fire(world);
        foreach (var words in new[] { "/alert resolve A-1", "/reports list", "/reports take R-1", "/oncall join", "/oncall page Nothing is wrong", "/oncall me --zone UTC", "/oncall backup" })
        {
            Assert.StartsWith(Refusal, await world.SaysInSlack("mallory", words), StringComparison.Ordinal);
        }

        await world.Slack.Click("mallory", card, "ack");
        Assert.StartsWith(Refusal, (await world.Sees("mallory")).Visible, StringComparison.Ordinal);
        Assert.Contains("InstanceDown", await world.SaysInSlack("mallory", "/alert list"), StringComparison.Ordinal);
        await world.Settle();
    }

    [Theory]
    [InlineData("ChatOps", "not-chatops")]
    [InlineData("Hacker One", "not-hacker-one")]
    [InlineData("@here", "not-here")]
    public async Task Whoever_calls_themselves_like_us_or_a_source_is_told_apart(string name, string id)
    {
        await using var world = await World.BeginWithSlack();
        world.Slack.Users.Add(name, name);
        await world.SaysInSlack(name, "/oncall join");
        Assert.StartsWith($"{id} joined core", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task Whoever_may_not_write_into_a_timeline_may_not_pin_into_it_either()
    {
        await using var world = await World.BeginWithSlack("--Roles:Responders=igor@example.org");
        world.Slack.Users.Add("mallory", "Mallory", team: Outside);
        await world.SaysInSlack("igor", "/incident start Mail servers down");
        var message = world.Slack.Writes("ana", "on-call", "The disk of mail-01 is full");
        await world.Slack.Reacts("ana", message, "pushpin");
        await world.Slack.Reacts("mallory", message, "pushpin");
        await world.HearsWhateverIsInSlack();
        Assert.DoesNotContain("pinned", await world.SaysInSlack("igor", "/incident show I-1"), StringComparison.Ordinal);
        await world.Slack.Reacts("igor", message, "pushpin");
        await world.HearsWhateverIsInSlack();
        Assert.Contains("igor pinned what ana wrote", await world.SaysInSlack("igor", "/incident show I-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pinned_among_few_stays_among_them()
    {
        await using var world = await World.BeginWithSlack(made => made.Slack.Channels.Add("salaries", true, true, "igor"));
        await world.SaysInSlack("igor", "/incident start Mail servers down");
        foreach (var (channel, words) in new[] { ("salaries", "Ana gets more"), (world.Slack.Channels.Direct(world.Slack.Users["igor"].Id).Id, "Do not tell") })
        {
            await world.Slack.Reacts("igor", world.Slack.Writes("igor", channel, words), "pushpin");
        }

        await world.HearsWhateverIsInSlack();
        Assert.DoesNotContain("pinned", await world.SaysInSlack("igor", "/incident show I-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_may_page_only_so_often_and_is_told_what_to_do_instead()
    {
        await using var world = await World.BeginWithSlack();
        for (var number = 1; number <= 3; number++)
        {
            Assert.StartsWith($"A-{number} is raised", await world.SaysInSlack("ana", "/oncall page it burns"), StringComparison.Ordinal);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var refused = await world.SaysInSlack("ana", "/oncall page it burns");
        Assert.StartsWith("You have paged 3 times within 5 min: A-1, A-2, A-3.", refused, StringComparison.Ordinal);
        Assert.Contains("/alert escalate A-3", refused, StringComparison.Ordinal);
        Assert.StartsWith("A-4 is raised", await world.SaysInSlack("igor", "/oncall page it burns"), StringComparison.Ordinal);
        await world.Pass(Duration.FromMinutes(6));
        Assert.StartsWith("A-5 is raised", await world.SaysInSlack("ana", "/oncall page it burns again"), StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task An_alert_is_shown_at_once_however_much_is_told_before_it()
    {
        await using var world = await World.BeginWithSlack();
        await world.SaysInSlack("igor", "/oncall join");
        await world.SaysInSlack("ana", "/incident start Mail servers down");
        await world.HearsWhateverIsInSlack();
        for (var i = 0; i < 60; i++)
        {
            Assert.StartsWith("Noted", await world.SaysInSlack("ana", $"/incident note I-1 nothing new {i}"), StringComparison.Ordinal);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Sample("webhook_firing_single");
        var fired = world.Clock.Now();
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                return world.Slack.Messages.In("on-call").Any(message => message.Visible.StartsWith("Opened. ", StringComparison.Ordinal));
            },
            "the alert and whom it tells are not shown");
        output.WriteLine($"shown after {world.Clock.Now() - fired}");
        // Sixty notes are a minute.
        Assert.InRange(world.Clock.Now() - fired, Duration.Zero, Duration.FromSeconds(10));
        await world.HearsWhateverIsInSlack();
    }
}
