using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Chat.Slack;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Following;
using ChatOps.Core.BugReports;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Tests.Core.Chat;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>A week with the real bot in which monitoring and people say nothing but hostile things; every card, answer and form of it as Slack would get it.</summary>
public sealed class SlackHostileCards
{
    private const string Igor = "igor";
    private const string Mallory = "mallory";

    [Property(MaxTest = 12)]
    public Property Whatever_is_said_Slack_takes_what_is_made_of_it_and_nobody_is_called_by_it() =>
        Prop.ForAll(HostileText.Any.ListOf(9).ToArbitrary(), said => Week([.. said.Select(Written)]));

    [Property(MaxTest = 6)]
    public Property Whatever_a_report_says_Slack_takes_its_card() =>
        Prop.ForAll(HostileText.Any.ListOf(4).ToArbitrary(), said => Reports([.. said.Select(each => Written(each).Replace("igor", Mallory, StringComparison.Ordinal))])); // igor is on call, and rightly called

    [Property(MaxTest = 6)]
    public Property Whatever_a_watched_address_is_called_Slack_takes_what_is_told_of_it() =>
        Prop.ForAll(HostileText.Any.ListOf(2).ToArbitrary(), said => Transactions([.. said.Select(Written)]));

    private static async Task Reports(string[] said)
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--Digests:BugReports:Enabled=true");
        var (world, ask) = (reports.World, await Asking.In(reports.World, Mallory));
        try
        {
            await reports.Hear(reports.HackerOne.Submit("815099", $"T{said[0]}", asset: $"a{said[1]}"), Ways.Webhook);
            await reports.Hear(reports.HackerOne.Change("815099", "triaged", message: said[2]), Ways.Webhook);
            await reports.Hear(reports.HackerOne.Comment("815099", $"u{said[3]}", said[2]), Ways.Webhook);
            foreach (var question in new[] { "/reports list", "/reports show R-1", "/reports take R-1", "/reports issue R-1", "/reports done R-1" })
            {
                await ask.Says(question);
            }

            await world.Pass(Duration.FromDays(8));
            Assert.Contains(BugReport.CardKind, await Drawn(world, Mallory));
        }
        finally
        {
            await world.HearsAll();
        }
    }

    private static async Task Transactions(string[] said)
    {
        await using var watched = await WatchedWorld.Begin();
        var (world, ask) = (watched.World, await Asking.In(watched.World, Igor));
        try
        {
            await ask.Says($"/watch add {WatchedWorld.Bob} {CardBlocks.Cut($"B{said[0]}", 60).ReplaceLineEndings(" ")} --kind Account --criticality critical");
            var submit = Abi.Encode("submitTransaction(address,uint256,bytes)", WatchedWorld.Bob, 0, Encoding.UTF8.GetBytes(said[1]));
            await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), WatchedWorld.Ana, WatchedWorld.Community, submit, [WatchedWorld.Community, WatchedWorld.Bob]));
            foreach (var question in new[] { "/watch list", "/watch tx", "/watch tx T-1", "/watch rule list", "/watch import" })
            {
                await ask.Says(question);
            }

            await world.Settle();
            Assert.Contains(WatchedTransaction.CardKind, await Drawn(world));
        }
        finally
        {
            await world.HearsAll();
        }
    }

    private static async Task Week(string[] said)
    {
        await using var world = await World.Begin();
        try
        {
            await Week(world, said);
        }
        finally
        {
            await world.HearsAll();
        }
    }

    private static async Task Week(World world, string[] said)
    {
        var corey = await world.Services.GetRequiredService<PeopleDirectory>().Meet("local", "corey", CardBlocks.Cut($"corey {said[8]}", 80), CancellationToken.None);
        var ask = new Asking(world.Services.GetRequiredService<CommandRouter>(), new Speaker(corey, "local", "on-call"));
        await ask.Says("/oncall join");
        using (var taken = await world.Hook(AlertmanagerHook.Firing("A" + said[0], Labels(said), new() { ["summary"] = said[1], ["description"] = said[2], ["runbook_url"] = said[3] })))
        {
            Assert.True(taken.IsSuccessStatusCode, string.Join("\n", world.Log.Errors));
        }

        await ask.Says($"/alert note A-1 {said[4]}");
        await ask.Says("/alert note A-1");
        await ask.Says("/alert snooze A-1");
        var declare = await ask.Presses("declare", "A-1");
        await ask.Sends(declare, new() { ["title"] = $"T{said[5]}", ["severity"] = said[2], ["known"] = said[6] });
        await ask.Sends(declare, new() { ["title"] = CardBlocks.Cut($"T{said[5]}", 100), ["severity"] = "critical", ["known"] = CardBlocks.Cut(said[6], 1_000) });
        await ask.Says($"/incident note I-1 {said[7]}");
        await ask.Says($"/alert silence A-1 --for 1h --why \"{said[4]}\"");
        await ask.Says($"/oncall page {said[5]}");
        foreach (var question in new[] { "/alert list", "/alert show A-1", "/alert history A-1", "/incident list", "/incident show I-1", "/oncall me", "/oncall handover", $"/alert {said[6]}", said[7] })
        {
            await ask.Says(question);
        }

        await ask.Says("/incident resolve I-1");
        await ask.Says("/postmortem start I-1");
        await ask.Says("/postmortem show P-1");
        await ask.Says("/postmortem edit P-1");
        await ask.Says("/postmortem publish P-1");
        await world.WritesUp("P-1", said[3]);
        await ask.Says("/postmortem publish P-1");
        await Asking.HomeIsFine(world, corey);
        await world.Pass(Duration.FromDays(8));
        await Asking.HomeIsFine(world, corey);
        var kinds = await Drawn(world);
        Assert.Superset(new HashSet<string> { "alert", "incident", "history", "handover", "announcement" }, kinds);
    }

    /// <summary>Everything that stands in the chat, drawn by its source; the kinds of it.</summary>
    private static async Task<HashSet<string>> Drawn(World world, string hostile = Igor)
    {
        var sources = world.Services.GetServices<ICardSource>().ToDictionary(source => source.Kind);
        var shown = await world.Services.GetRequiredService<IStore>().List(Index<Shown>.Id, Keys.All);
        foreach (var each in shown)
        {
            var drawing = (await sources[each.Kind].Draw(each.Subject, CancellationToken.None))!;
            Asking.IsFine(drawing.Card with { Title = drawing.About ?? drawing.Card.Title }, hostile);
            Asking.IsFine(drawing.Card, hostile);
        }

        return [.. shown.Select(each => each.Kind)];
    }

    private static Dictionary<string, string> Labels(string[] said) =>
        Enumerable.Range(0, 200).Select(i => ($"label_{i}", CardBlocks.Cut(said[i % said.Length], 2_000))).Append(("team<!channel>", "x")).Append(("instance", said[7])).ToDictionary();

    /// <summary>As it comes over a wire: half a character is none.</summary>
    private static string Written(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <param name="router">Takes what is said.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="hostile">The person whom hostile text tries to call.</param>
    private sealed class Asking(CommandRouter router, Speaker by, string hostile = Igor)
    {
        public static async Task<Asking> In(World world, string hostile) =>
            new(world.Services.GetRequiredService<CommandRouter>(), new Speaker(await world.Services.GetRequiredService<PeopleDirectory>().Meet("local", "corey", "corey", CancellationToken.None), "local", "on-call"), hostile);

        /// <summary>A home tab is drawn from the store alone: this world has no Slack.</summary>
        public static async Task HomeIsFine(World world, Person person)
        {
            var services = world.Services;
            var (store, clock) = (services.GetRequiredService<IStore>(), services.GetRequiredService<TimeProvider>());
            var people = new SlackPeople(null!, services.GetRequiredService<PeopleDirectory>(), clock);
            var home = new SlackHome(null!, people, new OnCallNow(store, clock), services.GetServices<ICardSource>(), store, clock, NullLogger<SlackHome>.Instance);
            var view = JsonSerializer.SerializeToNode(await home.Draw(person.Id, CancellationToken.None), SlackWire.Json.View)!.AsObject();
            BlockKit.CheckView((JsonObject)view.DeepClone(), "home");
            HostileText.IsHarmless(view["blocks"]!);
        }

        public async Task Says(string text) => Fine(await router.Text(by, text, CancellationToken.None));

        public async Task<Form> Presses(string action, string value)
        {
            var answer = (await router.Click(by, action, value, CancellationToken.None))!;
            Fine(answer);
            return answer.Form ?? throw new InvalidOperationException(answer.Replies[0].Text.PlainText());
        }

        public async Task Sends(Form form, Dictionary<string, string> values) => Fine((await router.Submit(by, form, values, CancellationToken.None))!);

        public static void IsFine(Card card, string hostile)
        {
            var drawing = new CardBlocks(person => person == hostile ? "U0000BAD1" : "U00000002");
            var message = JsonNode.Parse(JsonSerializer.Serialize(new NewMessage("C00000001", drawing.TextOf(card), drawing.Of(card)), SlackWire.Json.NewMessage))!;
            BlockKit.CheckMessage(message["blocks"]!.AsArray().DeepClone().AsArray());
            HostileText.IsHarmless(message["blocks"]!);
            Assert.DoesNotContain("evil.example", string.Concat(HostileText.Objects(message["blocks"]!).Select(node => (string?)node["url"])), StringComparison.Ordinal);
            Assert.DoesNotContain('<', ((string)message["text"]!).Replace("<@U00000002>", "", StringComparison.Ordinal));
            Assert.InRange(((string)message["text"]!).Length, 1, 40_000);
        }

        private void Fine(Answer answer)
        {
            foreach (var card in answer.Replies)
            {
                IsFine(card, hostile);
                BlockKit.CheckView(JsonSerializer.SerializeToNode(FormViews.Saying(card.Title, new CardBlocks(_ => null).Of(card)), SlackWire.Json.View)!.AsObject(), "modal");
            }

            if (answer.Form is { } form)
            {
                BlockKit.CheckView(JsonSerializer.SerializeToNode(FormViews.Of(form, "C00000001")!, SlackWire.Json.View)!.AsObject(), "modal");
            }
        }
    }
}
