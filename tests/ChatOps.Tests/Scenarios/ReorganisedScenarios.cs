using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes.Ethereum;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static ChatOps.Tests.Scenarios.WatchedWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>What was told of a block that left the chain, and what strangers leave behind.</summary>
public sealed class ReorganisedScenarios
{
    [Fact]
    public async Task What_left_the_chain_is_retracted_and_mined_again_is_told_once_more()
    {
        await using var watched = await Begin();
        var mint = watched.Mint(101);
        await watched.Receives(mint);
        await watched.World.HearsAll();
        await watched.Intake.Retract("main", [mint.Block], CancellationToken.None);
        await watched.Passes(watched.Chain.Block(100, "other"));
        Assert.Equal("abnormal", (await watched.World.Card("T-1")).State);
        await watched.Passes(watched.Chain.Block(101, "other"));
        await watched.World.HearsAllOf("First look");
        Assert.StartsWith($"Retracted: the chain was reorganised, and {mint.Transaction.Hash} is in it no more.", await watched.World.Hears());
        Assert.StartsWith("It is back to normal: resolved.", await watched.World.Hears());
        var card = await watched.World.Card("T-1");
        Assert.Equal(("retracted", "History"), (card.State, string.Join(", ", card.Labels)));
        Assert.Equal("T-1 is retracted: it is in the chain no more, so there is nothing to judge.", await watched.World.Says("ana", "/watch normal T-1 fine"));

        var again = mint with { Block = watched.Chain.Block(102, "other") };
        await watched.Receives(again);
        // The transaction's thread and its alert's tell of the same moment, in whichever order.
        string[] told = [await watched.World.Hears(), await watched.World.Hears()];
        Assert.Contains(told, text => text.StartsWith($"Mined again, in block 102: {mint.Transaction.Hash}, failed. Abnormal:", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Opened.", StringComparison.Ordinal));
        Assert.Equal("abnormal", (await watched.World.Card("T-1")).State);
        await watched.Receives(again, again);
        await watched.World.HearsNothing();
    }

    [Fact]
    public async Task What_only_moves_to_another_block_is_told_once()
    {
        await using var watched = await Begin();
        var mint = watched.Mint(101);
        await watched.Receives(mint, mint);
        await watched.World.HearsAll();
        await watched.Intake.Retract("main", [mint.Block], CancellationToken.None);
        await watched.Receives(mint with { Block = watched.Chain.Block(101, "other") });
        await watched.Passes(watched.Chain.Block(101, "other"));
        await watched.World.HearsAllOf("First look");
        await watched.World.Pass(Duration.FromMinutes(2));
        await watched.World.HearsNothing();
        Assert.Equal("abnormal", (await watched.World.Card("T-1")).State);
    }

    [Fact]
    public async Task A_chain_that_stands_still_after_it_keeps_no_retraction_back()
    {
        await using var watched = await Begin("--Policies:default:Steps:0:After=1h");
        var mint = watched.Mint(101);
        await watched.Receives(mint);
        await watched.World.HearsAll();
        await watched.Intake.Retract("main", [mint.Block], CancellationToken.None);
        await watched.World.Restart();
        await watched.World.Pass(Duration.FromMinutes(1));
        Assert.StartsWith("Retracted:", await watched.World.Hears());
        Assert.StartsWith("It is back to normal", await watched.World.Hears());
    }

    [Fact]
    public async Task A_change_whose_block_left_the_chain_leaves_no_false_alert_behind()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Snt, "controller()", 1, "(address)", Controller);
        watched.Chain.Says(Snt, "controller()", 101, "(address)", Attacker);
        await watched.Passes(watched.Chain.Block(100));
        var change = watched.Chain.Makes(watched.Chain.Block(101), Attacker, Controller, Abi.Encode("changeController(address)", Attacker), [Controller, Snt]);
        await watched.Receives(change);
        await watched.World.HearsAll();
        watched.Chain.Says(Snt, "controller()", 101, "(address)", Controller);
        await watched.Intake.Retract("main", [change.Block], CancellationToken.None);
        await watched.Passes(watched.Chain.Block(101, "other"));
        await watched.World.HearsAll();
        watched.World.Clock.Advance(TimeSpan.FromMinutes(5));
        await watched.Passes(watched.Chain.Block(160, "other"));
        await watched.World.HearsNothing();
        Assert.DoesNotContain("expected", await watched.World.Says("ana", "/watch list SNT"));
    }

    [Fact]
    public async Task A_proposal_of_a_block_that_left_the_chain_does_not_stand_for_another()
    {
        await using var watched = await Begin();
        var harmless = Abi.Encode("submitTransaction(address,uint256,bytes)", Bob, 0, Array.Empty<byte>());
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, Community, harmless, [Community], logs: [Submission(7), Confirmation(Ana, 7)]));
        await watched.World.HearsAll();
        watched.Chain.Says(Community, "transactions(uint256)", 102, "(address,uint256,bytes,bool)", Controller, 0, Abi.Encode("changeController(address)", Attacker), false);
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(103), Bob, Community, Abi.Encode("confirmTransaction(uint256)", 7), [Community], logs: [Confirmation(Bob, 7), Execution(7)]));
        Assert.StartsWith("T-2: changeController on SNT controller by Community Multisig", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task What_becomes_abnormal_while_much_is_read_late_stands_in_the_shared_alert()
    {
        await using var watched = await Begin();
        for (var i = 0; i < 6; i++)
        {
            await watched.Receives(watched.Mint(101 + i) with { CaughtUp = true });
        }

        var transfer = watched.Transfer(watched.Chain.Block(110), Ana, Bob, 5) with { CaughtUp = true };
        await watched.Receives(transfer);
        await watched.World.HearsAll();
        await watched.Intake.Retract("main", [transfer.Block], CancellationToken.None);
        await watched.Receives(transfer with
        {
            Block = watched.Chain.Block(110, "other"),
            Receipt = transfer.Receipt with { Logs = [ToldChain.Log(Controller, "ControllerChanged(address)", [ChatOps.Core.Contracts.Word.Of(Attacker)])] },
            Touched = [Snt, Controller],
        });
        await watched.World.Settle();
        Assert.Contains(await watched.World.Messages(), message => message.Subject.StartsWith("A-", StringComparison.Ordinal) && message.Text.Contains("2 firing", StringComparison.Ordinal));
        // One of them is judged though it has no card of its own.
        Assert.StartsWith("T-6 is normal", await watched.World.Says("ana", "/watch normal T-6 a drill"));
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task What_strangers_say_of_numbers_fills_no_store()
    {
        await using var watched = await Begin();
        var stranger = ToldChain.Log(Attacker, "Confirmation(address,uint256)", [ChatOps.Core.Contracts.Word.Of(Ana), ChatOps.Core.Contracts.Word.Of(System.Numerics.BigInteger.One)]);
        var transfer = watched.Transfer(watched.Chain.Block(101), Ana, Bob, 5);
        await watched.Receives(transfer with { Receipt = transfer.Receipt with { Logs = [.. transfer.Receipt.Logs, stranger] } });
        Assert.Empty(await watched.World.Services.GetRequiredService<IStore>().List(Index<Proposal>.Id, Keys.All, cancel: CancellationToken.None));
        await watched.World.HearsNothing();
    }
}
