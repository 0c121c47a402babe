using System.Text.Json.Nodes;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;

namespace ChatOps.Tests.Scenarios;

/// <summary>What happens around the messages: home tabs, people who leave, pins, incidents' channels, files.</summary>
public sealed class SlackWorkspaceScenarios
{
    [Fact]
    public async Task A_home_tab_says_who_is_on_call_and_follows()
    {
        await using var at = await SlackWorld.Begin();
        await at.Slack.OpensHome("igor");
        await at.Until(() => at.Home("igor").Contains("core: nobody", StringComparison.Ordinal), "there is no home tab");
        Assert.Contains("Sign up for core", at.Home("igor"));
        await at.Says("ana", "/oncall join");
        await at.Until(() => at.Home("igor").Contains("core: ana until Mon 30 Nov 09:00 UTC", StringComparison.Ordinal), "the home tab does not follow");
        var published = at.Slack.Asked("views.publish");
        at.World.Clock.Advance(TimeSpan.FromMinutes(5));
        await at.Slack.OpensHome("ana");
        await at.Until(() => at.Home("ana").Contains("core: Mon 23 Nov", StringComparison.Ordinal), "ana's shifts are not there");
        Assert.Equal(published + 1, at.Slack.Asked("views.publish"));
    }

    [Fact]
    public async Task A_home_tab_offers_every_rotation_that_one_is_not_in()
    {
        await using var at = await SlackWorld.Begin(null, [.. Enumerable.Range(0, 8).Select(number => $"--Rotations:{number}:Name={(number == 0 ? "core" : $"other-{number}")}")]);
        await at.Says("igor", "/oncall join core");
        await at.Slack.OpensHome("igor");
        await at.Until(() => at.Home("igor").Contains("And 2 more: /oncall join ROTATION.", StringComparison.Ordinal), "it does not say that there are more");
        Assert.DoesNotContain("Sign up for core", at.Home("igor"), StringComparison.Ordinal);
        await at.Slack.Click("igor", at.Slack.Views.Home("igor")!, "join", "other-2");
        await at.Until(() => !at.Home("igor").Contains("Sign up for other-2", StringComparison.Ordinal), "it does not sign up");
        Assert.Contains("And 1 more: /oncall join ROTATION.", at.Home("igor"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_has_no_home_tab_any_more_does_not_keep_those_of_others_back()
    {
        await using var at = await SlackWorld.Begin();
        await at.Slack.OpensHome("igor");
        at.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await at.Slack.OpensHome("ana"); // the latest is drawn first
        await at.Until(() => at.Home("ana").Contains("core: nobody", StringComparison.Ordinal), "there is no home tab");
        at.Slack.Users["ana"].Deleted = true;
        await at.Says("igor", "/oncall join");
        await at.Until(() => at.Home("igor").Contains("core: igor until", StringComparison.Ordinal), "the home tab does not follow");
        var asked = at.Slack.Asked("views.publish");
        await at.Says("igor", "/oncall leave");
        await at.Until(() => at.Slack.Asked("views.publish") > asked, "the home tab does not follow");
        await at.World.Settle();
        Assert.Equal(asked + 1, at.Slack.Asked("views.publish"));
    }

    [Fact]
    public async Task A_file_for_a_channel_that_it_is_not_in_brings_it_there()
    {
        await using var at = await SlackWorld.Begin();
        await at.Says("igor", "/incident start Mail servers down");
        await at.Until(() => at.InChannel().Any(text => text.Contains("I-1: Mail servers down", StringComparison.Ordinal)), "it is not there");
        at.Slack.Channels["on-call"].Members.Remove(Workspace.BotUser);
        await at.Says("igor", "/incident resolve I-1");
        await at.Says("igor", "/postmortem start I-1");
        await at.World.WritesUp("P-1", "It was the release.");
        await at.Says("igor", "/postmortem publish P-1");
        await at.Until(() => at.Slack.Files.All.Any(file => file is { Name: "P-1.md", Shared: true }), "there is no file");
    }

    [Fact]
    public async Task Who_is_deactivated_leaves_the_rotations_and_the_channel_is_told()
    {
        await using var at = await SlackWorld.Begin();
        await at.Says("igor", "/oncall join");
        await at.Says("ana", "/oncall join");
        at.Slack.Users["igor"].Deleted = true;
        await at.Slack.Changes(at.Slack.Users["igor"]);
        await at.Until(() => at.InChannel().Any(text => text.Contains("igor is on call and has left", StringComparison.Ordinal)), "nobody is told");
        Assert.Contains("ana", await at.Says("ana", "/oncall next"));
    }

    [Fact]
    public async Task A_pinned_message_is_noted_once()
    {
        await using var at = await SlackWorld.Begin();
        await at.Says("igor", "/incident start Mail servers down");
        var message = at.Slack.Writes("ana", "on-call", "The disk of mail-01 is full");
        await at.Slack.Reacts("igor", message, "pushpin");
        await at.Slack.Reacts("ana", message, "pushpin");
        await at.Slack.Reacts("ana", message, "eyes");
        const string Line = " pinned what ana wrote: The disk of mail-01 is full";
        await at.Until(() => at.InChannel().Any(text => text.Contains(Line, StringComparison.Ordinal)), "it is not noted");
        at.World.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await at.Says("igor", "/incident show I-1")).Split("pinned what").Length);
    }

    [Fact]
    public async Task Other_peoples_comings_and_goings_do_not_make_it_ask_for_channels()
    {
        await using var at = await SlackWorld.Begin(slack => slack.Channels.Add("random"));
        await at.Says("igor", "/incident start One");
        await at.Until(() => at.InChannel().Any(text => text.Contains("I-1: One", StringComparison.Ordinal)), "it is not there");
        var listed = at.Slack.Asked("conversations.list");
        await at.Slack.Joins("ana", "random");
        await at.Slack.Event(new JsonObject { ["type"] = "channel_created", ["channel"] = new JsonObject { ["id"] = at.Slack.Channels.Add("brand-new").Id, ["name"] = "brand-new", ["creator"] = at.Slack.Users["ana"].Id } });
        await at.Slack.Archives("ana", "random");
        await at.Says("igor", "/incident start Two");
        await at.Until(() => at.InChannel().Any(text => text.Contains("I-2: Two", StringComparison.Ordinal)), "it is not there");
        Assert.Equal(listed, at.Slack.Asked("conversations.list"));
    }

    [Theory]
    [InlineData("conversations.replies", 503)]
    [InlineData("chat.getPermalink", 503)]
    public async Task A_pinned_message_is_noted_though_Slack_does_not_answer_at_first(string method, int status)
    {
        await using var at = await SlackWorld.Begin();
        await at.Says("igor", "/incident start Mail servers down");
        var message = at.Slack.Writes("ana", "on-call", "The disk of mail-01 is full");
        at.Slack.FailNext(method, status);
        await at.Slack.Reacts("igor", message, "pushpin");
        const string Line = " pinned what ana wrote: The disk of mail-01 is full";
        await at.Until(() => at.InChannel().Any(text => text.Contains(Line, StringComparison.Ordinal)), "it is not noted");
        Assert.Equal(2, (await at.Says("igor", "/incident show I-1")).Split("pinned what").Length);
    }

    [Fact]
    public async Task An_incidents_channel_is_made_once_though_the_answer_was_lost_and_the_workspace_has_very_many()
    {
        await using var at = await SlackWorld.Begin(
            slack =>
            {
                slack.Workspace.PageAtMost = 1;
                Enumerable.Range(0, 12).ToList().ForEach(number => slack.Channels.Add($"channel-{number}"));
                slack.FailNext("conversations.create", Fault.AnswerLost);
            },
            "--Slack:IncidentChannels=true");
        await at.Says("igor", "/incident start Down");
        await at.Until(() => at.InChannel().Any(text => text.Contains("Its channel is #inc-1-down.", StringComparison.Ordinal)), "there is no channel");
        Assert.Single(at.Slack.Channels.All, channel => channel.Name.StartsWith("inc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_Slack_does_not_let_in_keeps_nothing_else_out_of_an_incidents_channel()
    {
        await using var at = await SlackWorld.Begin(null, "--Slack:IncidentChannels=true");
        await at.Says("ana", "/oncall join");
        at.Slack.FailNext("conversations.invite", "a_word_of_tomorrow");
        await at.Says("igor", "/incident start Down");
        await at.Until(() => at.Slack.Channels.All.Any(channel => channel.Name == "inc-1-down" && channel.Members.Count == 2), "nobody is let in");
        await at.Until(() => at.InChannel().Any(text => text.Contains("a_word_of_tomorrow", StringComparison.Ordinal)), "nobody is told why");
        Assert.Equal("I-1: Down (open)", at.Slack.Channels["inc-1-down"].Topic);
        Assert.Contains(at.InChannel("inc-1-down"), text => text.Contains("I-1: Down", StringComparison.Ordinal));
        await at.Until(() => at.Slack.Channels["inc-1-down"].Members.Count == 3, "who was refused is not tried again");
    }

    [Fact]
    public async Task An_incident_gets_a_channel_with_its_card_and_people_and_it_is_archived_in_the_end()
    {
        await using var at = await SlackWorld.Begin(slack => slack.Channels.Add("inc-1-mail-servers-down", false, false), "--Slack:IncidentChannels=true", "--Slack:ArchiveAfter=2h");
        await at.Says("ana", "/oncall join");
        await at.Says("igor", "/incident start Mail servers: down!");
        const string Name = "inc-1-mail-servers-down-2"; // the first was taken
        await at.Until(() => at.Slack.Channels.All.Any(channel => channel.Name == Name) && at.InChannel(Name).Any(text => text.Contains("I-1: Mail servers: down!", StringComparison.Ordinal)), "there is no channel");
        var room = at.Slack.Channels[Name];
        await at.Until(() => room.Members.Contains(at.Slack.Users["igor"].Id) && room.Members.Contains(at.Slack.Users["ana"].Id), "they are not invited");
        Assert.Equal("I-1: Mail servers: down! (open)", room.Topic);
        await at.Until(() => at.InChannel().Any(text => text.Contains($"Its channel is #{Name}.", StringComparison.Ordinal)), "the thread does not say where");

        await at.Says("igor", "/incident resolve I-1");
        await at.Says("igor", "/postmortem start I-1");
        await at.World.WritesUp("P-1", "It was the release.");
        await at.Says("igor", "/postmortem publish P-1");
        await at.Until(() => at.Slack.Files.All.Any(file => file.Name == "P-1.md"), "there is no file");
        Assert.False(room.Archived);
        at.World.Clock.Advance(TimeSpan.FromHours(2));
        await at.Until(() => room.Archived, "it is not archived");
        Assert.Single(at.Slack.Channels.All, channel => channel.Name == Name);
        Assert.Equal(1, at.Slack.Asked("chat.getPermalink"));
    }

    [Fact]
    public async Task A_picture_is_put_into_the_thread_of_what_it_belongs_to_once()
    {
        await using var at = await SlackWorld.Begin(slack => slack.Channels["on-call"].Members.Remove(Workspace.BotUser));
        var card = new Card("Bug reports", CardState.Info) { Text = Markup.Plain("Two came."), Picture = new("Reports a week", [new("16 Nov", 0), new("23 Nov", 2)]) };
        await at.World.Services.GetRequiredService<Decider>().Store([new Announcement("digest/test", "BugReports", "on-call", card, at.World.Clock.GetUtcNow().ToInstant())], CancellationToken.None);
        await at.Until(() => at.Slack.Files.All.Any(file => file is { Name: "picture.png", Shared: true, Title: "Reports a week: 16 Nov 0, 23 Nov 2" }), "there is no picture");
        at.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await at.Says("igor", "/oncall join");
        await at.Until(() => at.InChannel().Any(text => text.Contains("igor joined", StringComparison.Ordinal)), "nobody joined");
        Assert.Single(at.Slack.Files.All);
    }
}
