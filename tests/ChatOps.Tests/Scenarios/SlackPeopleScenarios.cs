using ChatOps.Core.People;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Who somebody in Slack is, and what they may.</summary>
public sealed class SlackPeopleScenarios
{
    [Fact]
    public async Task Slack_is_asked_once_who_somebody_is()
    {
        await using var world = await World.BeginWithSlack();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Slack.Command("igor", "on-call", "/oncall", "who")));
        await world.HearsWhateverIsInSlack();
        Assert.Equal(1, world.Slack.Asked("users.info"));
        world.Slack.Users["igor"].Tz = "Asia/Tokyo";
        await world.Slack.Changes(world.Slack.Users["igor"]);
        await world.HearsWhateverIsInSlack();
        await world.SaysInSlack("igor", "/oncall who");
        Assert.Equal(2, world.Slack.Asked("users.info"));
    }

    [Fact]
    public async Task Times_are_read_and_said_in_the_zone_of_the_profile()
    {
        await using var world = await World.BeginWithSlack();
        world.Slack.Users.Add("kei", "Kei", tz: "Asia/Tokyo");
        await world.SaysInSlack("igor", "/oncall join");
        await world.HearsWhateverIsInSlack();
        Assert.Contains("18:00 JST for you", await world.SaysInSlack("kei", "/oncall who"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_with_the_same_address_are_one_person()
    {
        await using var world = await World.BeginWithSlack();
        var people = world.Services.GetRequiredService<PeopleDirectory>();
        await people.Meet("status", "0x1", "Igor S.", CancellationToken.None, "IGOR@example.org");
        await world.SaysInSlack("igor", "/oncall who");
        var igor = Assert.Single(await people.All(CancellationToken.None));
        Assert.Equal(["slack", "status"], igor.Handles.Keys.Order());
    }

    [Fact]
    public async Task Whom_Slack_cannot_tell_us_about_may_act_and_is_one_person_afterwards()
    {
        await using var world = await World.BeginWithSlack();
        var people = world.Services.GetRequiredService<PeopleDirectory>();
        await people.Meet("status", "0x1", "Igor S.", CancellationToken.None, "igor@example.org");
        await SlackNight.Fire(world);
        world.Slack.FailNext("users.info", 503);
        Assert.Equal("You have A-1: InstanceDown.", await world.SaysInSlack("igor", "/alert ack A-1"));
        Assert.StartsWith("igor acknowledged it.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await world.Pass(Duration.FromMinutes(1));
        await world.HearsWhateverIsInSlack();
        await world.SaysInSlack("igor", "/oncall who");
        var user = world.Slack.Users["igor"].Id;
        var all = await people.All(CancellationToken.None);
        Assert.Equal("igor-s.", Assert.Single(all, person => person.Handles.GetValueOrDefault("slack") == user).Id);
        Assert.Equal("igor-s.", (await people.Find("slack", user, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task A_role_may_name_an_address_but_only_one_that_was_checked()
    {
        await using var world = await World.BeginWithSlack("--Roles:Responders=igor@example.org");
        await SlackNight.Fire(world);
        await world.SaysInSlack("ana", "/oncall me --email igor@example.org");
        Assert.Equal("That is for responders only: igor@example.org.", await world.SaysInSlack("ana", "/alert ack A-1"));
        Assert.Equal("You have A-1: InstanceDown.", await world.SaysInSlack("igor", "/alert ack A-1"));
        await world.HearsWhateverIsInSlack();
    }

    [Theory]
    [InlineData("T00000009", false)]
    [InlineData(Workspace.TeamId, true)]
    public async Task Whoever_comes_from_another_workspace_is_not_believed_their_address(string team, bool isStranger)
    {
        await using var world = await World.BeginWithSlack("--Roles:Responders=igor@example.org");
        world.Slack.Users.Add("mallory", "Mallory", "igor@example.org", team: team).IsStranger = isStranger;
        await SlackNight.Fire(world);
        Assert.StartsWith("You are of another workspace", await world.SaysInSlack("mallory", "/alert ack A-1"), StringComparison.Ordinal);
        Assert.Equal("You have A-1: InstanceDown.", await world.SaysInSlack("igor", "/alert ack A-1"));
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task A_guest_of_our_own_workspace_is_believed()
    {
        await using var world = await World.BeginWithSlack("--Roles:Responders=guest@example.com");
        world.Slack.Users.Add("guest", "Guest", "guest@example.com").IsGuest = true;
        await SlackNight.Fire(world);
        Assert.Equal("You have A-1: InstanceDown.", await world.SaysInSlack("guest", "/alert ack A-1"));
        await world.HearsWhateverIsInSlack();
    }

    [Theory]
    [InlineData("@oncall")]
    [InlineData("S00000001")]
    public async Task A_role_may_name_a_user_group(string entry)
    {
        await using var world = await World.BeginWithSlack(made => made.Slack.Groups.Add("oncall", "igor"), $"--Roles:Responders={entry}");
        var card = await SlackNight.Fire(world);
        await world.Slack.Click("ana", card, "ack");
        Assert.Equal($"That is for responders only: {entry}.", (await world.Sees("ana")).Visible);
        await world.Slack.Click("igor", card, "ack");
        Assert.Equal("You have A-1: InstanceDown.", (await world.Sees("igor")).Visible);
        Assert.Equal(1, world.Slack.Asked("usergroups.users.list"));
        await world.HearsWhateverIsInSlack();

        world.Slack.Groups["oncall"].Users = [world.Slack.Users["ana"].Id];
        await world.Pass(Duration.FromMinutes(5));
        await world.HearsWhateverIsInSlack();
        Assert.Equal("Noted in the thread of A-1.", await world.SaysInSlack("ana", "/alert note A-1 now me"));
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task While_Slack_is_silent_about_a_group_nobody_new_gets_in_and_nobody_is_thrown_out()
    {
        await using var world = await World.BeginWithSlack(made => made.Slack.Groups.Add("oncall", "igor"), "--Roles:Responders=@oncall");
        await SlackNight.Fire(world);
        world.Slack.FailNext("usergroups.list", 503);
        Assert.StartsWith("That is for responders only", await world.SaysInSlack("igor", "/alert note A-1 x"), StringComparison.Ordinal);
        await world.Pass(Duration.FromSeconds(30));
        Assert.StartsWith("Noted", await world.SaysInSlack("igor", "/alert note A-1 y"), StringComparison.Ordinal);
        await world.Pass(Duration.FromMinutes(6));
        await world.HearsWhateverIsInSlack();
        world.Slack.FailNext("usergroups.list", 503);
        Assert.StartsWith("Noted", await world.SaysInSlack("igor", "/alert note A-1 z"), StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
    }
}
