using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Settings;
using NodaTime;
using static ChatOps.Tests.Scenarios.WatchedWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>What is watched, and the digest of it.</summary>
public sealed class WatchCommandScenarios
{
    [Fact]
    public async Task Without_a_chain_it_says_in_words_that_nothing_is_watched()
    {
        await using var world = await World.Begin();
        const string Nothing = "Nothing is watched: no chain is set. Name one with Chains__0__Name, Chains__0__ChainId and Chains__0__RpcUrls__0.";
        Assert.Equal(Nothing, await world.Says("ana", "/watch list"));
        Assert.Equal(Nothing, await world.Says("ana", "/watch add 0x744d70FDBE2Ba4CF95131626614a1763DF805B9E SNT"));
        Assert.Contains(world.Log.Lines, line => line.Contains(Nothing, StringComparison.Ordinal));
        await world.Pass(Duration.FromDays(1));
        await world.HearsNothing();
    }

    [Fact]
    public async Task An_address_is_added_and_removed_in_chat_and_stays_so()
    {
        await using var watched = await Begin();
        const string Finance = "0x00000000000000000000000000000000000f1a00";
        Assert.Equal("Payroll (0x00000000000000000000000000000000000f1a00) is watched on main from now on, as Account, high. Its state is read with the next block.", await watched.World.Says("ana", $"/watch add {Finance} Payroll --kind Account --criticality high"));
        Assert.StartsWith("0x00000000000000000000000000000000000f1a00 is watched on main already.", await watched.World.Says("ana", $"/watch add {Finance}"));
        Assert.StartsWith("\"0x12\" is not an address", await watched.World.Says("ana", "/watch add 0x12"));
        Assert.StartsWith("\"0x744d70FDBE2Ba4CF95131626614a1763DF805B9f\" fails its checksum", await watched.World.Says("ana", "/watch add 0x744d70FDBE2Ba4CF95131626614a1763DF805B9f"));
        Assert.StartsWith($"{Bob}: \"payroll\" is the label of {Finance} already. Give it another label", await watched.World.Says("ana", $"/watch add {Bob} payroll"));
        Assert.StartsWith("There is no chain \"moon\"; there is main.", await watched.World.Says("ana", $"/watch add {Attacker} --chain moon"));
        Assert.StartsWith("Sticker market (0x12824271339304d3a9f7e096e62a2a7E73b4A7E7) is watched no more.", await watched.World.Says("ana", "/watch remove “Sticker market”"));
        Assert.Equal(
            $"Payroll ({Finance}) is watched no more. /watch add {Finance} \"Payroll\" --kind Account --criticality high --escalation https://docs.status.im/pay watches it again.",
            await Again(watched, Finance));
        Assert.Contains("--criticality critical watches it again, without its purpose", await watched.World.Says("ana", "/watch remove SNT"));
        Assert.StartsWith("SNT (", await watched.World.Says("ana", $"/watch add {Snt} SNT --kind MiniMe --criticality critical"));
        await watched.World.Says("ana", $"/watch add {Finance} Payroll --kind Account --criticality high");
        await watched.World.Restart();
        var list = await watched.World.Says("ana", "/watch list");
        Assert.Contains("Payroll", list);
        Assert.DoesNotContain("Sticker", list);
        Assert.StartsWith("11 watched addresses", list);
        Assert.StartsWith("Nothing is watched that is called \"Sticker market\".", await watched.World.Says("ana", "/watch list Sticker market"));
        // What was added is judged: a wallet's own call that no rule knows.
        var payroll = Address.Parse(Finance);
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), payroll, Bob, [], [payroll], value: 5));
        Assert.Contains("ether out on Payroll", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    private static async Task<string> Again(WatchedWorld watched, string address)
    {
        await watched.World.Says("ana", $"/watch remove {address}");
        await watched.World.Says("ana", $"/watch add {address} Payroll --kind Account --criticality high --escalation https://docs.status.im/pay");
        return await watched.World.Says("ana", "/watch remove \"Payroll\"");
    }

    [Fact]
    public async Task What_an_import_leaves_out_is_said_line_by_line()
    {
        await using var watched = await Begin();
        var opened = await watched.World.Post("/local/command", new { user = "ana", channel = "on-call", text = "/watch import" });
        var wrong = string.Join('\n', Enumerable.Range(1, 12).Select(i => $"nothing {i},x"));
        var read = await watched.World.Post("/local/form", new { user = "ana", formId = opened.GetProperty("form").GetProperty("formId").GetString(), values = new { csv = $"Address,Name Tag\n{Ana},SNT\n{Bob},Grants\n{Bob},Grants\n{wrong}" } });
        var form = read.GetProperty("form");
        var left = form.GetProperty("fields")[1].GetProperty("value").GetString()!.Split('\n');
        Assert.Equal([$"line 4: {Bob} stands there already", "line 5: \"nothing 1\" is not an address"], left.Take(2));
        Assert.Equal("and 3 more", left[^1]);
        var saved = await watched.World.Post("/local/form", new { user = "ana", formId = form.GetProperty("formId").GetString(), values = new { found = form.GetProperty("fields")[0].GetProperty("value").GetString(), chain = "main", kind = "Account", criticality = "high" } });
        Assert.Equal($"1 address is watched on main from now on. /watch list shows it.\nLeft out:\n{Ana}: \"SNT\" is the label of {Snt} already", saved.GetProperty("replies")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_import_shows_what_it_understood_and_saves_what_is_confirmed()
    {
        await using var watched = await Begin();
        var opened = await watched.World.Post("/local/command", new { user = "ana", channel = "on-call", text = "/watch import" });
        var read = await watched.World.Post("/local/form", new { user = "ana", formId = opened.GetProperty("form").GetProperty("formId").GetString(), values = new { csv = $"Address,Name Tag\n{Ana},Payroll\n{Bob},Grants\nnothing,x" } });
        var form = read.GetProperty("form");
        Assert.Equal("Is this right?", form.GetProperty("title").GetString());
        var found = form.GetProperty("fields")[0].GetProperty("value").GetString();
        Assert.Equal($"address,label,note\n{Ana},Payroll,\n{Bob},Grants,", found);
        var saved = await watched.World.Post("/local/form", new { user = "ana", formId = form.GetProperty("formId").GetString(), values = new { found, chain = "main", kind = "Account", criticality = "high" } });
        Assert.Equal("2 addresses are watched on main from now on. /watch list shows them.", saved.GetProperty("replies")[0].GetProperty("text").GetString());
        Assert.Contains("Grants, Account", await watched.World.Says("ana", "/watch list"));
    }

    [Fact]
    public async Task A_rule_is_tried_before_it_is_made()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, Community, Abi.Encode("submitTransaction(address,uint256,bytes)", Snt, 0, Abi.Encode("transfer(address,uint256)", Bob, 5)), [Community], logs: [Submission(1), Confirmation(Ana, 1)]));
        await watched.World.HearsAll();
        Assert.Contains("• transfer on SNT: abnormal, critical. Community Multisig calls transfer on SNT; no rule calls that normal. (no rule)", await watched.World.Says("ana", "/watch rule test T-1"));
        const string Rule = "Name=payouts; Watch=SNT; Function=transfer; From=\"Community Multisig\"; Args:amount:max=10 SNT; Verdict=normal; Why=\"monthly\"";
        Assert.StartsWith("Normal: submitTransaction on Community Multisig", await watched.World.Says("ana", $"/watch rule test T-1 {Rule}"));
        Assert.Contains("The rule matches nothing of it", await watched.World.Says("ana", "/watch rule test T-1 Function=approve; Verdict=normal"));
        Assert.Contains("Verdict: it is missing", await watched.World.Says("ana", "/watch rule add Name=x; Function=transfer"));
        Assert.Equal("From: nothing watched is called \"Comunity Multisig\"; did you mean Community Multisig?\nFunction: no ABI knows \"transfr\"; did you mean transfer?", await watched.World.Says("ana", "/watch rule add Name=x; Function=transfr; From=Comunity Multisig; Verdict=normal"));
        Assert.Equal("Watch: nothing watched is called \"Bank\".\nEvent: no ABI knows \"Transfer(address,address,uint)\"; did you mean Transfer(address,address,uint256)?", await watched.World.Says("ana", "/watch rule add Name=x; Watch=Bank; Event=Transfer(address,address,uint); Verdict=normal"));
        Assert.Equal("Rule \"payouts\" is made: normal, transfer, on SNT, from Community Multisig, amount at most 10 SNT. What was judged before stays as it is.", await watched.World.Says("ana", $"/watch rule add {Rule}"));
        Assert.StartsWith("Normal: submitTransaction on Community Multisig", await watched.World.Says("ana", "/watch rule test T-1"));
    }

    [Fact]
    public async Task What_is_watched_no_more_has_nothing_to_judge()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Mint(101));
        await watched.World.HearsAll();
        await watched.World.Says("ana", "/watch remove \"SNT\"");
        Assert.Equal("There is nothing to judge in T-1: nothing it touches is watched. /watch list shows what is.", await watched.World.Says("ana", "/watch rule test T-1"));
    }

    [Fact]
    public async Task A_proposal_is_told_as_one()
    {
        await using var watched = await Begin();
        var ether = System.Numerics.BigInteger.Pow(10, 18);
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, Community, Abi.Encode("submitTransaction(address,uint256,bytes)", Bob, 300 * ether, Array.Empty<byte>()), [Community], logs: [Submission(1), Confirmation(Ana, 1)]));
        Assert.StartsWith("T-1: proposes 300 ETH from Community Multisig\n", await watched.World.Hears());
        await watched.World.HearsAll();
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(102), Bob, Community, Abi.Encode("confirmTransaction(uint256)", 1), [Community], logs: [Confirmation(Bob, 1), Execution(1)]));
        Assert.StartsWith("T-2: ether out on Community Multisig\n", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task The_digest_tells_on_weekdays_what_happened_what_is_in_them_and_what_waits()
    {
        await using var watched = await Begin();
        watched.Chain.Balances[Community] = System.Numerics.BigInteger.Pow(10, 21);
        await watched.Passes(watched.Chain.Block(100));
        await watched.World.Hears();
        await watched.Receives(watched.Transfer(watched.Chain.Block(101), Ana, Bob, 5), watched.Transfer(watched.Chain.Block(101), Bob, Ana, 5));
        var bait = Address.Parse("0x0000000000000000000000000000000000005bad");
        var poisoned = watched.Chain.Makes(watched.Chain.Block(102), Attacker, bait, Abi.Encode("airdrop()"), [Community], logs: Moved(bait, Attacker, Community, 777));
        await watched.Receives(poisoned);
        watched.Chain.Balances[Community] = System.Numerics.BigInteger.Pow(10, 20);
        watched.World.Clock.Advance(TimeSpan.FromMinutes(10));
        await watched.Passes(watched.Chain.Block(150));
        await watched.World.HearsAll();
        await watched.World.Pass(Instant.FromUtc(2026, 11, 24, 9, 0) - Instant.FromUtc(2026, 11, 23, 10, 10));
        Assert.Equal(
            $"""
            Watched contracts
            Mon 23 Nov 09:00 UTC to Tue 24 Nov 09:00 UTC: 2 of 11 watched addresses were used.
            ██████ Community Multisig: 1 transaction, 1 to review. transfer of an unknown token. By {Attacker}.
            ████████████ SNT: 2 transactions, all normal. transfer (2); moved 0.00000000000000001 SNT. By {Ana}, {Bob}.
            What is in them
            • Community Multisig: 100 ETH, before 1,000 ETH (-900 ETH)
            Still waiting for a judgement (1): press Normal or Abnormal on the card, or /watch tx T-5
            • T-3 review · transfer of an unknown token on Community Multisig · Mon 23 Nov 10:00 UTC · {poisoned.Transaction.Hash}
            """,
            await watched.World.Hears());
        await watched.World.Pass(Duration.FromDays(1));
        Assert.Contains("nothing touched the 11 watched addresses", await watched.World.Hears());
        await watched.World.Says("igor", "/watch normal T-3 bait");
        await watched.World.HearsAll();
        // Nothing happened, and nothing waits: silence.
        await watched.World.Pass(Duration.FromDays(1));
        await watched.World.HearsNothing();
        // Mined before the last digest, and read after it: it is in the next.
        await watched.Receives(watched.Transfer(watched.Chain.Block(103), Ana, Bob, 5));
        await watched.World.Pass(Duration.FromDays(1));
        Assert.Contains("SNT: 1 transaction, all normal.", await watched.World.Hears());
    }

    [Fact]
    public async Task The_digest_says_what_people_judged_otherwise_than_the_rules()
    {
        await using var watched = await Begin();
        await watched.Receives(watched.Mint(101), watched.Transfer(watched.Chain.Block(102), Ana, Bob, 5));
        await watched.World.Says("igor", "/watch normal T-1 a drill");
        await watched.World.HearsAll();
        await watched.World.Pass(Instant.FromUtc(2026, 11, 24, 9, 0) - Instant.FromUtc(2026, 11, 23, 10, 0));
        var digest = await watched.World.Hears();
        Assert.Contains("1 of 11 watched addresses was used.", digest);
        Assert.Contains("SNT: 2 transactions, 1 normal, 1 abnormal by the rules, normal says @igor, 1 failed.", digest);
    }

    [Fact]
    public void Rules_of_the_settings_that_name_what_nobody_knows_are_said_and_the_shipped_ones_are_right()
    {
        string[] chain = ["--Chains:0:Name=main", "--Chains:0:ChainId=1", "--Chains:0:RpcUrls:0=http://127.0.0.1:1/"];
        string[] rules = ["--Contracts:Rules:0:Watch=STN", "--Contracts:Rules:0:Function=transfer", "--Contracts:Rules:0:Verdict=normal", "--Contracts:Rules:0:Name=pay"];
        var settings = ProgramSettings.Load([.. chain, .. rules]).Settings.Watch;
        Assert.Equal(["rule \"pay\" matches nothing by its Watch, unless chat added that: nothing watched is called \"STN\"; did you mean SNT?"], settings.CarefulWords);
        Assert.Empty((settings with { Rules = settings.Shipped }).CarefulWords);
        Assert.Empty(ProgramSettings.Load(rules).Settings.Watch.CarefulWords);
    }

    [Fact]
    public async Task A_slip_in_an_option_of_replay_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("chatops-replay-");
        try
        {
            await using var program = ProgramProcess.Start(folder.FullName, ["watch", "replay", "--from", "2026-11-01", "--rul", "x", $"--Storage:ConnectionString=Filename={folder.FullName}/data.db"]);
            Assert.Equal((2, "--rul: there is no such option; did you mean --rule?"), (await program.Exit(), program.Errors.Trim()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_wrong_with_the_contracts_is_said_all_at_once()
    {
        var fault = Assert.Throws<SettingsException>(() => global::Program.Build(
        [
            "--Chains:0:Name=main", "--Chains:0:ChainId=1", "--Chains:0:RpcUrls:0=http://127.0.0.1:1/", "--Contracts:ProbeEvery=0", "--Contracts:Explorers:main=etherscan",
            "--Contracts:Watch:0:Address=0x12", "--Contracts:Watch:1:Address=0x744d70FDBE2Ba4CF95131626614a1763DF805B9E", "--Contracts:Watch:1:Kind=Bank", "--Contracts:Watch:1:Chain=moon",
            "--Contracts:Watch:2:Address=0x744d70FDBE2Ba4CF95131626614a1763DF805B9E", "--Contracts:Watch:2:Abi=nowhere.json", "--Contracts:Watch:2:Least=much", "--Contracts:Rules:0:Function=transfer",
        ]));
        Assert.Contains("Contracts:Explorers:main: \"etherscan\" is not an address with {hash} in it: write it as https://etherscan.io/tx/{hash}.", fault.Faults);
        Assert.Contains("Contracts:Watch:0:Address: \"0x12\" is not an address: 0x and 40 hexadecimal digits, in one case or with the right checksum.", fault.Faults);
        Assert.Contains("Contracts:Watch:1:Kind: \"Bank\" is none of Token, MiniMe, MultiSig, Safe, Registrar, Proxy, Contract, Account.", fault.Faults);
        Assert.Contains("Contracts:Watch:1:Chain: there is no chain \"moon\"; there is main.", fault.Faults);
        Assert.Contains("Contracts:Watch:2:Least: \"much\" is not an amount: write it as 100 ETH or 5000 SNT.", fault.Faults);
        Assert.Contains("Contracts:Rules:0:Verdict: it is missing; it is one of normal, abnormal, review.", fault.Faults);
        Assert.Contains("Contracts:ProbeEvery: \"0\" is not a number from 1 to 100000.", fault.Faults);
        Assert.Contains(fault.Faults, said => said.StartsWith("Contracts:Watch:2:Abi: the file ", StringComparison.Ordinal) && said.Contains("nowhere.json cannot be read", StringComparison.Ordinal));
    }
}
