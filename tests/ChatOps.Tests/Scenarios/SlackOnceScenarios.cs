using System.Text.Json.Nodes;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>However often Slack says something, and whenever we die: it is done once.</summary>
public sealed class SlackOnceScenarios
{
    private static readonly Duration AfterPatience = SlackInbox.Patience + Duration.FromSeconds(1);

    [Fact]
    public async Task An_event_that_comes_often_is_handled_once()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        var direct = world.Slack.Channels.Direct(world.Slack.Users["igor"].Id);
        JsonObject Said(string text) => new()
        {
            ["type"] = "message",
            ["channel_type"] = "im",
            ["user"] = world.Slack.Users["igor"].Id,
            ["channel"] = direct.Id,
            ["text"] = text,
            ["ts"] = "1.1",
        };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Slack.Event(Said("alert note A-1 once only"), "Ev0SAME")));
        Assert.Equal("Noted in the thread of A-1.", (await world.IsToldDirectly("igor")).Visible);
        Assert.StartsWith("igor notes: once only", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Slack.Event(Said("oncall who"), "Ev1SAME")));
        Assert.StartsWith("Nobody is on call", (await world.IsToldDirectly("igor")).Visible, StringComparison.Ordinal);

        await world.Pass(Duration.FromMinutes(6));
        Assert.True((await world.HearsInSlack()).Broadcast, "meanwhile nobody acknowledged it");
        await world.Slack.Event(Said("alert note A-1 once only"), "Ev0SAME");
        await world.Slack.Event(Said("oncall who"), "Ev1SAME");
        await world.Restart();
        await world.Slack.Event(Said("alert note A-1 once only"), "Ev0SAME");
    }

    [Fact]
    public async Task Headers_of_a_retry_mean_nothing_when_the_first_time_was_lost()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        var retry = new Dictionary<string, string> { ["X-Slack-Retry-Num"] = "1", ["X-Slack-Retry-Reason"] = "http_timeout" };
        var body = SlackNight.Command(world, "igor", "/alert", "note A-1 seen");
        var answer = await world.Slack.Raw.Send("command", body, SlackNight.FormType, retry);
        Assert.Contains("Noted in the thread of A-1.", answer.Body, StringComparison.Ordinal);
        // The same on another connection, over which it was sent again, hears the same.
        Assert.Equal(answer.Body, (await world.Slack.Raw.Send("command", body, SlackNight.FormType)).Body);
        Assert.StartsWith("igor notes: seen", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acknowledged_and_not_done_when_we_died_is_done_and_told_afterwards()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        await Leave(world, "igor", "note A-1 after the crash");
        await world.Restart();
        await world.Pass(AfterPatience);
        Assert.Equal("Noted in the thread of A-1.", (await world.Sees("igor")).Visible);
        Assert.StartsWith("igor notes: after the crash", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await world.Pass(AfterPatience);
        await NothingWaits(world);
        Assert.Contains(world.Log.Lines, line => line.Contains("was left behind and is taken up again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_done_when_we_died_is_only_told()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        var id = await Leave(world, "igor", "note A-1 before the crash");
        Assert.Equal(CommitOutcome.Stored, await world.Services.GetRequiredService<IStore>().Commit(new Commit().Put(new Receipt(id))));
        await world.Restart();
        await world.Pass(AfterPatience);
        Assert.Equal("I was restarted while I did that: it is done.", (await world.Sees("igor")).Visible);
        await NothingWaits(world);
    }

    [Fact]
    public async Task What_is_done_leaves_a_receipt_with_it_so_that_not_even_two_replicas_do_it_twice()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        var store = world.Services.GetRequiredService<IStore>();
        var body = SlackNight.Command(world, "igor", "/alert", "note A-1 mine");
        await world.Slack.Raw.Send("command", body, SlackNight.FormType);
        Assert.StartsWith("igor notes: mine", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        var delivery = Assert.Single(await store.List(SlackDelivery.Finished, Keys.All));
        Assert.Equal("", delivery.Payload);
        Assert.NotNull(await store.Find<Receipt>(delivery.Id));

        // As if another replica had not seen the delivery stored.
        await store.Commit(new Commit().Delete(delivery));
        await world.Restart();
        Assert.Equal(200, (await world.Slack.Raw.Send("command", body, SlackNight.FormType)).Status);
        await NothingWaits(world);
    }

    [Fact]
    public async Task What_merely_takes_long_is_taken_up_by_nobody_else()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        var store = world.Services.GetRequiredService<IStore>();
        var elsewhere = new SlackInbox(store, world.Clock, NullLogger<SlackInbox>.Instance);
        var asked = world.Slack.Command("igor", "on-call", "/oncall", "gated");
        await World.Until(() => Task.FromResult(gated.Runs == 1), "It never begins.");
        try
        {
            for (var i = 0; i < 30; i++)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(5));
                await World.Until(async () => world.Clock.Now() - (await store.List(SlackDelivery.Waiting, Keys.All)).Single().At < Duration.FromSeconds(25), "It is not seen alive.");
                Assert.Empty(await elsewhere.Abandoned(_ => false, CancellationToken.None));
            }

            Assert.Equal(0, (await store.List(SlackDelivery.Waiting, Keys.All)).Single().Resumed);
        }
        finally
        {
            gated.Open();
        }

        await asked;
        Assert.Equal("Done for igor.", (await world.Sees("igor")).Visible);
        await NothingWaits(world);
        Assert.Equal(1, gated.Runs);
    }

    [Fact]
    public async Task What_fails_again_and_again_is_given_up()
    {
        await using var world = await World.BeginWithSlack();
        await world.Services.GetRequiredService<IStore>().Commit(
            new Commit().Put(new SlackDelivery("trigger/broken", SlackKind.Click, """{"type":"block_actions","actions":[]}""", world.Clock.Now()) { Resumed = 3 }));
        world.Log.Forgive("is given up");
        await world.Pass(AfterPatience);
        await NothingWaits(world);
        Assert.Contains(world.Log.Lines, line => line.Contains("trigger/broken", StringComparison.Ordinal));
        await world.Pass(Duration.FromHours(25));
        Assert.Equal(0, await world.Services.GetRequiredService<IStore>().Count(SlackDelivery.Finished, Keys.All));
    }

    private static async Task NothingWaits(World world)
    {
        await world.IsHandled();
        Assert.Equal(0, await world.Services.GetRequiredService<IStore>().Count(SlackDelivery.Waiting, Keys.All));
    }

    /// <summary>As a process leaves a command that dies when it has acknowledged it.</summary>
    private static async Task<string> Leave(World world, string user, string text)
    {
        var payload = new Payloads(world.Slack.Workspace).Command(world.Slack.Users[user], world.Slack.Channels["on-call"], "/alert", text);
        var id = $"trigger/{payload["trigger_id"]}";
        await world.Services.GetRequiredService<IStore>().Commit(new Commit().Put(new SlackDelivery(id, SlackKind.Command, payload.ToJsonString(), world.Clock.Now())));
        return id;
    }
}
