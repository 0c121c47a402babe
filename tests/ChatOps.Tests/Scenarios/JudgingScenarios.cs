using System.Text.Json;
using ChatOps.Core.Contracts.Decoding;
using NodaTime;
using static ChatOps.Tests.Scenarios.WatchedWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>What people and the chain do with a transaction that was told.</summary>
public sealed class JudgingScenarios
{
    [Fact]
    public async Task Normal_asks_why_ends_the_alert_and_may_become_a_rule()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Mint(101));
        await watched.World.HearsAll();
        var form = await Press(watched, "igor", "normal", "T-1");
        Assert.Equal("T-1 is normal", form.GetProperty("title").GetString());
        var refused = await watched.World.Post("/local/form", new { user = "igor", formId = Id(form), values = new { why = "", rule = "once" } });
        Assert.Equal("Why is it normal? is needed.", refused.GetProperty("errors").GetProperty("why").GetString());
        var answer = await watched.World.Post("/local/form", new { user = "igor", formId = Id(form), values = new { why = "a drill, announced on Friday", rule = "caller" } });
        Assert.Equal("T-1 is normal, and a rule lets the like pass from now on; /watch rule shows it.", answer.GetProperty("replies")[0].GetProperty("text").GetString());

        // Of one instant the threads of the transaction and of its alert may come in either order.
        string[] told = [await watched.World.Hears(), await watched.World.Hears()];
        Assert.Single(told, line => line.Split('\n')[0] == "igor says that it is normal: a drill, announced on Friday. Rule \"T-1, igor\" lets the like pass from now on.");
        Assert.Single(told, line => line.StartsWith("It is back to normal: resolved.", StringComparison.Ordinal));
        var card = await watched.World.Card("T-1");
        Assert.Equal("normal", card.State);
        Assert.Contains("Normal, says @igor: a drill, announced on Friday", card.Text);
        Assert.Equal(["Abnormal: escalate", "History"], card.Labels);

        await watched.Receives(watched.Mint(102));
        await watched.World.HearsNothing();
        Assert.Contains($"1. T-1, igor normal: generateTokens(address,uint256), on {Snt}, from {Attacker}, to {Snt}, owner {Attacker}, amount at most 1,000, ether at most 0, that failed — a drill, announced on Friday (from @igor)", await watched.World.Says("ana", "/watch rule"));
        Assert.StartsWith("Rule \"T-1, igor\" is gone", await watched.World.Says("ana", "/watch rule remove T-1, igor"));
        await watched.Receives(watched.Mint(103));
        Assert.StartsWith("T-3: failed: generateTokens on SNT", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task Take_acknowledges_the_alert_behind_the_card_and_its_other_buttons_are_the_alerts()
    {
        await using var watched = await Begin();
        await watched.World.Says("igor", "/oncall join");
        await watched.Receives(watched.Mint(101));
        await watched.World.HearsAll();
        Assert.Equal("You have T-1: nobody else is told of it.", await watched.World.Presses("igor", "take", "T-1"));
        Assert.Contains("To do: @igor looks into it since Mon 23 Nov 10:00 UTC", (await watched.World.Card("T-1")).Text);
        await watched.World.HearsAll();
        await watched.World.Pass(Duration.FromHours(1));
        await watched.World.HearsNothing();

        Assert.Contains("igor acknowledged it.", await watched.World.Presses("ana", "history", "T-1"));
        var form = await Press(watched, "igor", "declare", "T-1");
        await watched.World.Post("/local/form", new { user = "igor", formId = Id(form), values = new { title = "Somebody tries to mint", severity = "major", known = "" } });
        Assert.Contains("Incident: I-1", (await watched.World.Card("T-1")).Text);
        Assert.StartsWith("T-1 is abnormal", await watched.World.Presses("igor", "abnormal", "T-1"));
        Assert.Equal(["Normal", "Take", "Escalate", "Resolve", "History"], (await watched.World.Card("T-1")).Labels);
        Assert.StartsWith("A-1 is resolved", await watched.World.Presses("igor", "resolve", "T-1"));
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task After_a_restart_everything_is_known_and_nothing_is_told_again()
    {
        await using var watched = await Begin();
        var mint = watched.Mint(101);
        await watched.Receives(mint);
        await watched.World.HearsAll();
        await watched.World.Restart();
        await watched.Receives(mint);
        await watched.World.HearsNothing();
        Assert.Contains("1 waits for a judgement", await watched.World.Says("ana", "/watch tx"));
    }

    [Fact]
    public async Task Twenty_within_ten_minutes_are_five_cards_and_one_alert_for_the_rest()
    {
        await using var watched = await Begin();
        for (var i = 0; i < 20; i++)
        {
            await watched.Receives(watched.Mint(101 + i));
            watched.World.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        await watched.World.Settle();
        var cards = (await watched.World.Messages()).Where(message => message.ThreadId is null).ToList();
        Assert.Equal(5, cards.Count(card => card.Subject.StartsWith("T-", StringComparison.Ordinal)));
        var folded = Assert.Single(cards, card => card.Subject.StartsWith("A-", StringComparison.Ordinal));
        Assert.StartsWith("More like it: failed: generateTokens on SNT", folded.Text);
        Assert.Contains("15 firing", folded.Text);
        await watched.World.HearsAll();

        // What follows later begins anew.
        await watched.World.Pass(Duration.FromMinutes(11));
        await watched.World.HearsAll();
        await watched.Receives(watched.Mint(130));
        Assert.StartsWith("T-21: failed: generateTokens on SNT", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task Many_that_fail_never_hide_one_that_does_not()
    {
        await using var watched = await Begin();
        for (var i = 0; i < 8; i++)
        {
            await watched.Receives(watched.Mint(101 + i));
        }

        await watched.World.HearsAll();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(120), Attacker, Snt, Abi.Encode("generateTokens(address,uint256)", Attacker, 1), [Snt], logs: []));
        Assert.StartsWith("T-9: generateTokens on SNT\n", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task Bait_without_end_is_twenty_cards_and_the_rest_waits_without()
    {
        await using var watched = await Begin();
        for (var i = 0; i < 25; i++)
        {
            await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101 + i), Attacker, Attacker, Abi.Encode("airdrop()"), [Community], logs: Moved(Attacker, Attacker, Community, 5)));
        }

        await watched.World.Settle();
        Assert.Equal(20, (await watched.World.Messages()).Count(card => card is { ThreadId: null, State: "review" }));
        await watched.World.HearsAll();
        Assert.Contains("20 or more wait for a judgement", await watched.World.Says("ana", "/watch tx"));
    }

    [Fact]
    public async Task Code_at_an_account_is_found_by_the_probe_and_makes_a_strangers_call_there_abnormal()
    {
        await using var watched = await Begin($"--Contracts:Watch:0:Address={Bob}", "--Contracts:Watch:0:Label=Payroll", "--Contracts:Watch:0:Kind=Account");
        watched.Chain.Codes[Bob] = [];
        await watched.Passes(watched.Chain.Block(100));
        await watched.World.HearsAll();
        var drain = Abi.Encode("execute(address,uint256,bytes)", Attacker, 1, Array.Empty<byte>());
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Attacker, Bob, drain, [Bob]));
        await watched.World.HearsNothing();

        watched.Chain.Codes[Bob] = [0xef, 0x01, 0x00, .. Attacker.ToBytes()];
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(102), Attacker, Bob, drain, [Bob]));
        Assert.Contains("this account runs code (EIP-7702)", await watched.World.Hears());
        await watched.World.HearsAll();
        watched.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await watched.Passes(watched.Chain.Block(160));
        Assert.Contains($"code was none and is that of {Attacker} (EIP-7702)", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task The_like_of_the_same_transaction_may_be_let_pass_twice()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Mint(101));
        await watched.World.HearsAll();
        for (var time = 0; time < 2; time++)
        {
            var form = await Press(watched, "igor", "normal", "T-1");
            var answer = await watched.World.Post("/local/form", new { user = "igor", formId = Id(form), values = new { why = "a drill", rule = "caller" } });
            Assert.StartsWith("T-1 is normal, and a rule", answer.GetProperty("replies")[0].GetProperty("text").GetString());
            await watched.World.Presses("igor", "abnormal", "T-1");
        }

        await watched.World.HearsAll();
    }

    [Fact]
    public async Task What_is_read_late_is_one_card_and_only_five_abnormal_ones_have_their_own()
    {
        await using var watched = await Begin();
        for (var i = 0; i < 8; i++)
        {
            await watched.Receives(watched.Mint(101 + i) with { CaughtUp = true }, watched.Transfer(watched.Chain.Block(101 + i), Ana, Bob, 5) with { CaughtUp = true });
        }

        await watched.World.Settle();
        var cards = (await watched.World.Messages()).Where(message => message.ThreadId is null).ToList();
        Assert.Equal(5, cards.Count(card => card.Subject.StartsWith("T-", StringComparison.Ordinal)));
        var late = Assert.Single(cards, card => card.Subject == "watch");
        Assert.StartsWith("Read late: 16 transactions on main\nFrom Mon 23 Nov 10:00 UTC to Mon 23 Nov 10:01 UTC nobody was told at the time. 8 are normal, 8 abnormal, 0 to review; 8 of them failed.", late.Text);
        var folded = Assert.Single(cards, card => card.Subject.StartsWith("A-", StringComparison.Ordinal));
        Assert.StartsWith("Abnormal transactions on main, read late", folded.Text);
        Assert.Contains("3 firing", folded.Text);
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task What_cannot_be_read_of_one_keeps_none_of_the_others_from_being_read()
    {
        await using var watched = await Begin();
        watched.Chain.Silent.Add(Controller);
        await watched.Passes(watched.Chain.Block(100));
        Assert.StartsWith("First look at 10 watched addresses on main", await watched.World.Hears());
    }

    [Fact]
    public async Task State_that_changes_without_a_transaction_is_an_alert_until_somebody_says_that_it_is_right()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Controller, "owner()", 1, "(address)", Community);
        watched.Chain.Says(Controller, "owner()", 110, "(address)", Attacker);
        await watched.Passes(watched.Chain.Block(100));
        await watched.World.Hears();
        watched.World.Clock.Advance(TimeSpan.FromMinutes(5));
        watched.Chain.IsAway = true;
        await watched.Passes(watched.Chain.Block(126));
        watched.Chain.IsAway = false;
        watched.World.Clock.Advance(TimeSpan.FromMinutes(5));
        await watched.Passes(watched.Chain.Block(160));
        var alert = await watched.World.Hears();
        Assert.StartsWith("owner of SNT controller is not as expected\n", alert);
        Assert.Contains($"owner was Community Multisig ({Community}) and is {Attacker}", alert);
        Assert.Contains("If it is right, say so: /watch confirm SNT controller", alert);
        await watched.World.HearsAll();
        Assert.Contains("(expected Community Multisig)", await watched.World.Says("ana", "/watch list SNT controller"));
        Assert.Contains("Read: at block ", await watched.World.Says("ana", "/watch list SNT controller"));
        Assert.StartsWith("Noted: owner of SNT controller is 0x", await watched.World.Says("ana", "/watch confirm SNT controller"));
        Assert.StartsWith("It is back to normal: resolved.", await watched.World.Hears());
    }

    private static async Task<JsonElement> Press(WatchedWorld watched, string user, string action, string subject)
    {
        var card = await watched.World.Card(subject);
        return (await watched.World.Post("/local/action", new { user, messageId = card.Id, actionId = action, value = subject })).GetProperty("form");
    }

    private static string Id(JsonElement form) => form.GetProperty("formId").GetString()!;
}
