using System.Text.Json.Nodes;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>Windows: what is filled in arrives, and what is wrong with it stands at its field.</summary>
public sealed class SlackFormScenarios
{
    [Fact]
    public async Task A_note_is_written_in_a_window()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        await world.SaysInSlack("igor", "/alert note A-1");
        var view = await world.LooksAt("igor");
        var sent = await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["text"] = "restarted <it> & waiting" });
        Assert.Null(sent.Failure);
        Assert.Equal("Noted in the thread of A-1.", (await world.Sees("igor")).Visible);
        Assert.StartsWith("igor notes: restarted <it> & waiting", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_may_be_mended_or_sent_again()
    {
        await using var world = await World.BeginWithSlack();
        await world.SaysInSlack("igor", "/oncall me");
        var view = await world.LooksAt("igor");
        for (var i = 0; i < 20; i++)
        {
            var wrong = await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["zone"] = "Middle/Earth" });
            Assert.Contains("Middle/Earth", Assert.Single(wrong.Errors).Value, StringComparison.Ordinal);
        }

        Assert.Empty((await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["zone"] = "Europe/Berlin" })).Errors);
        Assert.StartsWith("Noted, igor: time zone Europe/Berlin", (await world.Sees("igor")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_sends_an_old_window_is_told_what_changed_meanwhile()
    {
        await using var world = await World.BeginWithSlack();
        await world.SaysInSlack("igor", "/oncall me");
        var view = await world.LooksAt("igor");
        await world.SaysInSlack("igor", "/oncall me --zone Europe/Paris");
        await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["zone"] = "Europe/Berlin" });
        Assert.StartsWith("This changed while the form was open: your zone is now Europe/Paris", (await world.Sees("igor")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_slow_says_so_in_the_window_and_then_what_it_came_to()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        await world.SaysInSlack("igor", "/oncall gated form");
        var view = await world.LooksAt("igor");
        var sending = world.Slack.Submit(view.Id, new Dictionary<string, string> { ["why"] = "so" });
        await World.Until(() => Task.FromResult(gated.Runs == 2), "It never begins.");
        while (!sending.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.Null((await sending).Failure);
        Assert.Contains("This takes a moment", view.Visible, StringComparison.Ordinal);
        gated.Open();
        await World.Until(() => Task.FromResult(view.Visible.Contains("Done for igor.", StringComparison.Ordinal)), "The window never says what it came to.");
        await world.Slack.CloseView(view.Id);
    }

    [Fact]
    public async Task Errors_that_come_late_are_said_in_the_window()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        await world.SaysInSlack("igor", "/oncall gated form");
        var view = await world.LooksAt("igor");
        var sending = world.Slack.Submit(view.Id, new Dictionary<string, string> { ["why"] = "wrong" });
        await World.Until(() => Task.FromResult(gated.Runs == 2), "It never begins.");
        while (!sending.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        gated.Open();
        await World.Until(() => Task.FromResult(view.Visible.Contains("Not that.", StringComparison.Ordinal)), "The window never says what is wrong.");
    }

    [Fact]
    public async Task A_button_in_a_window_puts_another_on_top_of_it_and_both_are_closed_as_one_likes()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        await world.SaysInSlack("igor", "/oncall gated form");
        var below = await world.LooksAt("igor");
        var sending = world.Slack.Submit(below.Id, new Dictionary<string, string> { ["why"] = "again" });
        await World.Until(() => Task.FromResult(gated.Runs == 2), "It never begins.");
        while (!sending.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        gated.Open();
        await World.Until(() => Task.FromResult(below.Buttons.Any(button => button.ActionId == "gated")), "The window never says what it came to.");
        for (var i = 0; i < 2; i++)
        {
            Assert.Null((await world.Slack.Click("igor", below, "gated")).Failure);
            await World.Until(() => Task.FromResult(world.Slack.Views.Top("igor") is { } shown && shown.Previous == below.Id), "No window opens on top.");
            var top = world.Slack.Views.Top("igor")!;
            if (i == 0)
            {
                Assert.Null((await world.Slack.Submit(top.Id, new Dictionary<string, string> { ["why"] = "so" })).Failure);
                Assert.Equal("Done for igor.", (await world.IsToldDirectly("igor")).Visible);
                Assert.Same(below, world.Slack.Views.Top("igor"));
            }
            else
            {
                top.Body["notify_on_close"] = true; // we never ask for it, but it is Slack's to tell
                Assert.Null((await world.Slack.CloseView(top.Id, wholePile: true))!.Failure);
                Assert.Null(world.Slack.Views.Top("igor"));
            }
        }
    }

    [Fact]
    public async Task People_are_offered_by_how_their_names_begin_and_never_more_than_a_hundred()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        var people = world.Services.GetRequiredService<PeopleDirectory>();
        for (var i = 0; i < 120; i++)
        {
            await people.Meet("status", $"u{i}", $"Many {i}", CancellationToken.None);
        }

        await world.SaysInSlack("igor", "/oncall gated form");
        var view = await world.LooksAt("igor");
        Assert.Equal("igor", Assert.Single((await world.Slack.Options(view, "who", "IG")).Options).Value);
        Assert.Empty((await world.Slack.Options(view, "who", "gor")).Options);
        Assert.Equal(100, (await world.Slack.Options(view, "who", "many")).Options.Count);
        Assert.Equal(100, (await world.Slack.Options(view, "who", "")).Options.Count);
        Assert.Single((await world.Slack.Options(view, "who", "many 77")).Options);
    }

    [Fact]
    public async Task The_same_window_sent_twice_is_taken_once()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        await world.SaysInSlack("igor", "/alert note A-1");
        var view = await world.LooksAt("igor");
        var state = new JsonObject { ["text"] = new JsonObject { ["text"] = InputValues.Of(world.Slack.Workspace, view.Buttons.Single().Element, "once") } };
        for (var i = 0; i < 2; i++)
        {
            var body = SlackNight.Form(new() { ["payload"] = new Payloads(world.Slack.Workspace).Submission(view, (JsonObject)state.DeepClone()).ToJsonString() });
            Assert.Equal(200, (await world.Slack.Raw.Send("action", body, SlackNight.FormType)).Status);
        }

        await world.Sees("igor");
        Assert.StartsWith("igor notes: once", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }
}
