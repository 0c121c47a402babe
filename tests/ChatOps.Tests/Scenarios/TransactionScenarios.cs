using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;
using NodaTime;
using static ChatOps.Tests.Scenarios.WatchedWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>Transactions of watched contracts, as people hear of them.</summary>
public sealed class TransactionScenarios
{
    private static readonly BigInteger Whole = BigInteger.Pow(10, 18);

    [Fact]
    public async Task An_ordinary_transfer_says_nothing()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Transfer(watched.Chain.Block(101), Ana, Bob, 5 * Whole));
        await watched.World.HearsNothing();
        Assert.Contains("T-1 normal · transfer on SNT", await watched.World.Says("ana", "/watch tx"));
        Assert.Contains($"SNT: transfer(to: {Bob}, amount: 5 SNT)", await watched.World.Says("ana", "/watch tx T-1"));
    }

    /// <summary>Anybody can pay for megabytes: in logs, in so many of them that each is small, or in calls.</summary>
    [Theory]
    [InlineData("data")]
    [InlineData("logs")]
    [InlineData("input")]
    [InlineData("calls")]
    public async Task What_is_too_large_to_be_kept_is_abnormal_and_what_comes_after_it_is_told(string what)
    {
        await using var watched = await Begin();
        var (block, large) = (watched.Chain.Block(101), new byte[9 * 1024 * 1024]);
        var transfer = watched.Transfer(block, Ana, Bob, 5 * Whole);
        var moved = transfer.Receipt.Logs[0];
        await watched.Receives(
            what switch
            {
                "data" => transfer with { Receipt = transfer.Receipt with { Logs = [moved, moved with { Data = large }] } },
                "logs" => transfer with { Receipt = transfer.Receipt with { Logs = [.. Enumerable.Repeat(moved, 40_000)] } },
                "input" => transfer with { Transaction = transfer.Transaction with { Input = large } },
                _ => transfer with { Calls = [new("CALL", 0, Ana, Snt, 0, transfer.Transaction.Input, false), new("CALL", 1, Snt, Bob, 0, large, false)] },
            },
            watched.Mint(102));
        await watched.World.HearsAll();
        var said = await watched.World.Says("ana", "/watch tx");
        Assert.StartsWith("2 wait for a judgement", said);
        Assert.Contains("generateTokens on SNT", said);
    }

    [Fact]
    public async Task A_block_of_a_time_to_come_does_not_end_the_probes()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Snt, "controller()", 1, "(address)", Controller);
        watched.Chain.Says(Snt, "controller()", 200, "(address)", Attacker);
        await watched.Passes(watched.Chain.Block(100, at: Instant.FromUtc(2126, 11, 23, 10, 0)));
        await watched.World.HearsAll();
        watched.World.Clock.Advance(TimeSpan.FromMinutes(5));
        await watched.Passes(watched.Chain.Block(200));
        Assert.Contains("controller", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task Much_that_others_log_changes_nothing()
    {
        await using var watched = await Begin();
        var transfer = watched.Transfer(watched.Chain.Block(101), Ana, Bob, 5 * Whole);
        var other = transfer.Receipt.Logs[0] with { Address = Bob, Data = new byte[100_000] };
        await watched.Receives(transfer with { Receipt = transfer.Receipt with { Logs = [.. Enumerable.Repeat(other, 2_000), .. transfer.Receipt.Logs] } });
        await watched.World.HearsNothing();
        Assert.Contains("T-1 normal · transfer on SNT", await watched.World.Says("ana", "/watch tx"));
    }

    [Fact]
    public async Task The_control_of_SNT_goes_through_a_multisig_and_each_step_is_told_with_who_signed_and_what_it_changes()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Snt, "controller()", 1, "(address)", Controller);
        watched.Chain.Says(Snt, "controller()", 103, "(address)", Attacker);
        watched.Chain.Says(Community, "required()", 1, "(uint256)", 2);
        watched.Chain.Says(Community, "getOwners()", 1, "(address[])", new object[] { new object[] { Ana, Bob } });
        await watched.Passes(watched.Chain.Block(100));
        var first = await watched.World.Hears();
        Assert.StartsWith("First look at 11 watched addresses on main\nThis is what the chain says at block 100.", first);
        Assert.Contains("• SNT, MiniMe 0x744d70FDBE2Ba4CF95131626614a1763DF805B9E: controller SNT controller", first);
        Assert.Contains($"owners (2) {Ana}, {Bob}; required 2", first);

        var change = Abi.Encode("changeController(address)", Attacker);
        var submit = Abi.Encode("submitTransaction(address,uint256,bytes)", Controller, 0, change);
        var submitted = watched.Chain.Makes(watched.Chain.Block(101), Ana, Community, submit, [Community], logs: [Submission(7), Confirmation(Ana, 7)]);
        await watched.Receives(submitted);
        Assert.Equal(
            $"""
            T-1: proposes changeController on SNT controller by Community Multisig
            Community Multisig: submitTransaction → SNT controller: changeController(newController: {Attacker})
            Abnormal: Community Multisig calls changeController on SNT controller; no rule calls that normal.
            Transaction {submitted.Transaction.Hash}
            To do: find out whether somebody meant to do this, then press Normal or Abnormal
            Severity: critical
            Signatures: proposal 7 of Community Multisig: signed by 1 of 2 ({Ana})
            Sent by: {Ana}
            About: SNT controller, critical: controls SNT; its owner may hand that control to another contract
            Wallet: Community Multisig, critical: owns the SNT controller and holds ETH of the sale
            When: Mon 23 Nov 10:00 UTC
            On call: nobody for core: /oncall join signs you up
            Escalation: nobody told by name, Mon 23 Nov 10:00 UTC; next: whoever is on call for core, Mon 23 Nov 10:05 UTC
            Links: Explorer: https://etherscan.io/tx/{submitted.Transaction.Hash}
            T-1 · A-1 · main, block 101
            """,
            await watched.World.Hears());
        var card = await watched.World.Card("T-1");
        Assert.Equal(("abnormal", "Normal, Abnormal: escalate, Take, Declare incident, History"), (card.State, string.Join(", ", card.Labels)));
        await watched.World.HearsAll();

        var confirmed = watched.Chain.Makes(
            watched.Chain.Block(103), Bob, Community, Abi.Encode("confirmTransaction(uint256)", 7), [Community, Controller], logs:
            [Confirmation(Bob, 7), ToldChain.Log(Controller, "ControllerChanged(address)", [Word.Of(Attacker)]), Execution(7)]);
        await watched.Receives(confirmed);
        var told = await watched.World.Hears();
        Assert.Contains($"Community Multisig: confirmTransaction(transactionId: 7) → SNT controller: changeController(newController: {Attacker})", told);
        Assert.Contains($"event: SNT controller: ControllerChanged(newController: {Attacker})", told);
        Assert.Contains($"Changes: controller of SNT: SNT controller ({Controller}) → {Attacker}", told);
        Assert.Contains($"Signatures: proposal 7 of Community Multisig: signed by 2 of 2 ({Ana}, {Bob}), carried out", told);
        await watched.World.HearsAll();

        // The card has told of the change: the next probe does not tell it again.
        watched.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await watched.Passes(watched.Chain.Block(140));
        await watched.World.HearsNothing();
    }

    [Fact]
    public async Task A_failed_mint_by_a_stranger_is_told_though_it_left_no_trace()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Attacker, Snt, Abi.Encode("generateTokens(address,uint256)", Attacker, 1000 * Whole), [Snt], succeeded: false));
        var card = await watched.World.Hears();
        Assert.StartsWith($"T-1: failed: generateTokens on SNT\nSNT: generateTokens(owner: {Attacker}, amount: 1,000 SNT)\nAbnormal: Somebody tried generateTokens on SNT and it failed; no rule calls that normal.", card);
        Assert.Contains(" failed: it changed nothing", card);
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task A_Safes_batch_is_read_call_by_call_and_its_delegatecall_is_no_reason_by_itself()
    {
        var safe = Address.Parse("0x00000000000000000000000000000000005afe01");
        var batch = Address.Parse("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D");
        await using var watched = await Begin(
            "--Contracts:Watch:0:Address=" + safe, "--Contracts:Watch:0:Label=Treasury", "--Contracts:Watch:0:Kind=Safe", "--Contracts:Watch:0:Criticality=high", "--Contracts:Watch:0:Escalation=https://example.org/treasury",
            "--Contracts:Watch:1:Address=" + Snt, "--Contracts:Watch:1:Label=SNT", "--Contracts:Watch:1:Kind=MiniMe",
            "--Contracts:Rules:0:Name=small payouts", "--Contracts:Rules:0:Watch=SNT", "--Contracts:Rules:0:Function=transfer", "--Contracts:Rules:0:From=Treasury", "--Contracts:Rules:0:Args:amount:max=100 SNT", "--Contracts:Rules:0:Verdict=normal",
            "--Contracts:Rules:1:Name=payouts, said", "--Contracts:Rules:1:Watch=SNT", "--Contracts:Rules:1:Event=Transfer", "--Contracts:Rules:1:Args:from=Treasury", "--Contracts:Rules:1:Args:amount:max=100 SNT", "--Contracts:Rules:1:Verdict=normal");
        await watched.Receives(Batch(101, 40, 60));
        await watched.World.HearsNothing();

        await watched.Receives(Batch(102, 40, 6000));
        var card = await watched.World.Hears();
        Assert.Contains($"1. SNT: transfer(to: {Ana}, amount: 40 SNT)\n2. SNT: transfer(to: {Bob}, amount: 6,000 SNT)\n", card);
        Assert.Contains("Abnormal: Treasury calls transfer on SNT; no rule calls that normal.", card);
        Assert.Contains("What to do when abnormal: https://example.org/treasury", card);
        Assert.Contains("Severity: error", card);
        Assert.Contains($"Signatures: proposal 0x00000000… of Treasury: signed by 1 ({Ana}), carried out", card);
        await watched.World.HearsAll();

        TouchingTransaction Batch(long block, int first, int second)
        {
            byte[] Entry(Address to, int amount)
            {
                var data = Abi.Encode("transfer(address,uint256)", to, amount * Whole);
                return [0, .. Snt.ToBytes(), .. Word.Of(BigInteger.Zero).ToBytes(), .. Word.Of((BigInteger)data.Length).ToBytes(), .. data];
            }

            var inner = Abi.Encode("multiSend(bytes)", new object[] { Entry(Ana, first).Concat(Entry(Bob, second)).ToArray() });
            var outer = Abi.Encode("execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", batch, 0, inner, 1, 0, 0, 0, Address.Zero, Address.Zero, (byte[])[.. Word.Of(Ana).ToBytes(), .. new byte[32], 1]);
            return watched.Chain.Makes(watched.Chain.Block(block), Ana, safe, outer, [safe, Snt], logs:
                [Moved(Snt, safe, Ana, first * Whole), Moved(Snt, safe, Bob, second * Whole), ToldChain.Log(safe, "ExecutionSuccess(bytes32,uint256)", [], "(bytes32,uint256)", new byte[32], 0)]);
        }
    }

    [Fact]
    public async Task Another_implementation_is_abnormal_and_its_address_before_and_after_are_on_the_card()
    {
        var proxy = Address.Parse("0x0000000000000000000000000000000000009001");
        var slot = Word.Parse("0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc");
        await using var watched = await Begin("--Contracts:Watch:0:Address=" + proxy, "--Contracts:Watch:0:Label=Vault", "--Contracts:Watch:0:Kind=Proxy", "--Contracts:Watch:0:Criticality=high");
        watched.Chain.Holds(proxy, slot, 1, Bob);
        watched.Chain.Holds(proxy, slot, 101, Attacker);
        await watched.Passes(watched.Chain.Block(100));
        await watched.World.Hears();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, proxy, Abi.Encode("upgradeTo(address)", Attacker), [proxy], logs: ToldChain.Log(proxy, "Upgraded(address)", [Word.Of(Attacker)])));
        var card = await watched.World.Hears();
        Assert.StartsWith("T-1: event Upgraded on Vault", card);
        Assert.Contains("Abnormal: The code behind it, or who may change that code, is another now. (rule \"another implementation\")", card);
        Assert.Contains($"Changes: implementation of Vault: {Bob} → {Attacker}", card);
        Assert.Contains("Severity: critical", card);
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task A_proxys_functions_are_those_of_the_code_that_its_beacon_names_and_of_the_ABIs_that_it_names()
    {
        var (proxy, beacon, code) = (Address.Parse("0x0000000000000000000000000000000000009001"), Address.Parse("0x0000000000000000000000000000000000009002"), Address.Parse("0x0000000000000000000000000000000000009003"));
        await using var watched = await Begin(
            "--Contracts:Watch:0:Address=" + proxy, "--Contracts:Watch:0:Label=Vault", "--Contracts:Watch:0:Kind=Proxy", "--Contracts:Watch:0:Abi=Erc4626, StickerMarket",
            "--Contracts:Watch:1:Address=" + code, "--Contracts:Watch:1:Label=Vault code", "--Contracts:Watch:1:Kind=MiniMe");
        watched.Chain.Holds(proxy, Word.Parse("0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50"), 1, beacon);
        watched.Chain.Says(beacon, "implementation()", 1, "(address)", code);
        foreach (var (input, name) in new[] { (Abi.Encode("enableTransfers(bool)", true), "enableTransfers"), (Abi.Encode("deposit(uint256,address)", 1, Ana), "deposit"), (Abi.Encode("setBurnRate(uint256)", 1), "setBurnRate") })
        {
            await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, proxy, input, [proxy]));
            Assert.Contains($": {name} on Vault\n", await watched.World.Hears());
            await watched.World.HearsAll();
        }
    }

    [Fact]
    public async Task An_unknown_token_that_comes_to_a_wallet_is_to_be_looked_at_and_pages_nobody()
    {
        var bait = Address.Parse("0x0000000000000000000000000000000000005bad");
        await using var watched = await Begin();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Attacker, bait, Abi.Encode("airdrop()"), [Community], logs: Moved(bait, Attacker, Community, 777)));
        var card = await watched.World.Hears();
        Assert.StartsWith("T-1: transfer of an unknown token on Community Multisig", card);
        Assert.Contains("To review: A token that is not watched moved here", card);
        Assert.Contains("have a look and press Normal or Abnormal; nobody was paged for it", card);
        Assert.Equal("review", (await watched.World.Card("T-1")).State);
        await watched.World.HearsAll();
        Assert.Equal("No alert is open. `/alert list --all` shows those that were.".Replace("`", "", StringComparison.Ordinal), await watched.World.Says("ana", "/alert list"));
        Assert.Contains("Seen, and to be looked at", await watched.World.Presses("ana", "history", "T-1"));

        Assert.Equal("You have T-1.", await watched.World.Presses("ana", "take", "T-1"));
        Assert.StartsWith("T-1 is abnormal, and the next people are told.", await watched.World.Presses("ana", "abnormal", "T-1"));
        Assert.Equal("abnormal", (await watched.World.Card("T-1")).State);
        Assert.Contains("A-1", (await watched.World.Card("T-1")).Text);
        await watched.World.HearsAll();
        await watched.World.Pass(Duration.FromMinutes(5));
        Assert.Contains("Nobody is on call for core", await watched.World.Hears());
    }
}
