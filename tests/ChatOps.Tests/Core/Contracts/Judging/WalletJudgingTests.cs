using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Tests.Fakes.Ethereum;
using static ChatOps.Tests.Core.Contracts.Judging.JudgedChain;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>What leaves a wallet never passes unjudged, whichever way it goes.</summary>
public sealed class WalletJudgingTests
{
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);
    private static readonly byte[] Relayed = Abi.Encode("relay(bytes)", new object[] { new byte[] { 1, 2 } });

    private readonly JudgedChain _chain = new();

    [Fact]
    public void A_Safe_that_acts_inside_an_unwatched_contracts_call_is_abnormal_without_a_trace()
    {
        var judged = _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [Success(Safe)]), "Verdict=normal; Name=anything");
        Assert.Equal((VerdictKind.Abnormal, "a call inside"), (judged.Deciding.Verdict.Kind, judged.Deciding.What));
        Assert.Null(judged.Deciding.Like);
    }

    [Fact]
    public void A_multisig_that_carries_out_inside_an_unwatched_contracts_call_is_abnormal_without_a_trace()
    {
        _chain.Proposes(7, Bob, 0, []);
        var log = ToldChain.Log(Community, "Execution(uint256)", [Word.Of((BigInteger)7)]);
        Assert.Equal("a call inside", _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [log])).Deciding.What);
        // Confirming one thing does not cover another that is carried out beside it.
        var decoy = _chain.Judge(_chain.Makes(Ana, Community, Abi.Encode("confirmTransaction(uint256)", 8), [log]));
        Assert.Contains(decoy.Parts, part => part.What == "a call inside");
    }

    [Fact]
    public void An_account_has_no_functions_so_a_strangers_calldata_there_is_ether_that_comes_in()
    {
        var sent = _chain.Judge(_chain.Makes(Ana, Payroll, [0xde, 0xad, 0xbe, 0xef], [], value: Ether)).Deciding;
        Assert.Equal(("ether in on Payroll", VerdictKind.Normal, "ether received"), (sent.Words, sent.Verdict.Kind, sent.Verdict.Rule));
        Assert.Equal("a call without ether on Payroll", _chain.Judge(_chain.Makes(Ana, Payroll, [1], [])).Deciding.Words);
        // A call to an account cannot fail: there is code after all.
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Payroll, [0xde, 0xad, 0xbe, 0xef], [], succeeded: false)).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Payroll, Bob, [], [], value: Ether)).Deciding.Verdict.Kind);
    }

    [Fact]
    public void A_list_that_an_unwatched_contract_is_handed_explains_nothing()
    {
        // It says that the Safe does something harmless; what the contract made of it nobody knows.
        var decoy = MultiSend((Safe, 0, Exec(Snt, 0, Abi.Encode("transfer(address,uint256)", Bob, 1))));
        var judged = _chain.Judge(_chain.Makes(Ana, Relay, decoy, [Success(Safe)]), "Watch=SNT; Function=transfer; Verdict=normal");
        Assert.Contains(judged.Parts, part => part.What == "a call inside");
    }

    [Fact]
    public void What_a_trace_shows_a_wallet_do_is_judged_whatever_it_calls()
    {
        var exec = Exec(Bob, Ether, []);
        var judged = _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [Success(Safe)],
        [
            Called(1, Relay, Safe, exec),
            Called(2, Safe, Singleton, exec, kind: "DELEGATECALL"),
            Called(3, Safe, Bob, [], Ether),
        ]));
        Assert.Equal(("ether out", VerdictKind.Abnormal), (judged.Deciding.What, judged.Deciding.Verdict.Kind));
        // The proxy's own step to its code is no part, and nothing is unseen where there is a trace.
        Assert.Equal(["execTransaction", "ether out", "event ExecutionSuccess"], judged.Parts.Select(part => part.What));
        var foreign = _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [Success(Safe)],
        [
            Called(1, Relay, Safe, exec),
            Called(2, Safe, Singleton, exec, kind: "DELEGATECALL"),
            Called(3, Safe, Other, [1, 2, 3, 4], kind: "DELEGATECALL"),
        ]));
        Assert.Equal(VerdictKind.Abnormal, foreign.Deciding.Verdict.Kind);
        Assert.Contains("runs with the rights of the caller", foreign.Deciding.Verdict.Why);
    }

    [Fact]
    public void What_calldata_and_trace_both_show_is_one_part()
    {
        var pay = Abi.Encode("transfer(address,uint256)", Bob, 5);
        var exec = Exec(Snt, 0, pay);
        var judged = _chain.Judge(_chain.Makes(Ana, Safe, exec, [Moved(Snt, Safe, Bob, 5), Success(Safe)],
        [
            Called(1, Safe, Singleton, exec, kind: "DELEGATECALL"),
            Called(2, Safe, Snt, pay),
            Called(3, Snt, Controller, Abi.Encode("onTransfer(address,address,uint256)", Safe, Bob, 5)),
        ]), "Watch=SNT; Function=transfer; From=Treasury Safe; Args:amount:max=5; Verdict=normal");
        Assert.Equal(["execTransaction", "transfer", "onTransfer", "event Transfer", "event ExecutionSuccess"], judged.Parts.Select(part => part.What));
        Assert.Equal(VerdictKind.Normal, judged.Deciding.Verdict.Kind);
    }

    [Theory]
    [InlineData(true, true, VerdictKind.Normal)]
    [InlineData(false, true, VerdictKind.Abnormal)]
    [InlineData(true, false, VerdictKind.Abnormal)]
    public void A_batch_is_normal_only_as_Safes_own_contract_makes_it(bool isDelegate, bool isKnown, VerdictKind kind)
    {
        var inner = MultiSend((Snt, 0, Abi.Encode("transfer(address,uint256)", Bob, 5)));
        var outer = Exec(isKnown ? Batch : Other, isDelegate ? 0 : Ether, inner, isDelegate ? 1 : 0);
        var judged = _chain.Judge(_chain.Makes(Ana, Safe, outer, [Moved(Snt, Safe, Bob, 5), Success(Safe)]), "Watch=SNT; Function=transfer; Verdict=normal");
        Assert.Equal(kind, judged.Deciding.Verdict.Kind);
    }

    [Fact]
    public void A_Safe_that_pays_for_its_own_gas_is_not_only_signing()
    {
        var judged = _chain.Judge(_chain.Makes(Ana, Safe, Exec(Safe, 0, [], gasPrice: Ether), [Success(Safe)]), "Function=receive; Verdict=normal");
        Assert.Equal("execTransaction", judged.Deciding.What);
        Assert.Equal(VerdictKind.Abnormal, judged.Deciding.Verdict.Kind);
    }

    [Fact]
    public void A_payouts_own_event_is_as_normal_as_the_call_that_made_it()
    {
        const string Rule = "Name=payouts; Watch=SNT; Function=transfer; From=Community Multisig; Args:amount:max=1000; Verdict=normal";
        var execution = ToldChain.Log(Community, "Execution(uint256)", [Word.Of((BigInteger)7)]);
        _chain.Proposes(7, Snt, 0, Abi.Encode("transfer(address,uint256)", Bob, 900));
        var confirm = Abi.Encode("confirmTransaction(uint256)", 7);
        Assert.Equal(VerdictKind.Normal, _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Bob, 900), execution]), Rule).Deciding.Verdict.Kind);
        // Another amount, another recipient, once more, or without the wallet saying that it carried it out: not explained.
        Assert.Equal("event Transfer", _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Bob, 901), execution]), Rule).Deciding.What);
        Assert.Equal("event Transfer", _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Other, 900), execution]), Rule).Deciding.What);
        Assert.Equal("event Transfer", _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Bob, 900), Moved(Snt, Community, Bob, 900), execution]), Rule).Deciding.What);
        Assert.Equal("event Transfer", _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Bob, 900)]), Rule).Deciding.What);
        // A rule that speaks of the event itself goes before.
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Community, confirm, [Moved(Snt, Community, Bob, 900), execution]), Rule, "Watch=SNT; Event=Transfer; Args:amount:min=500; Verdict=abnormal").Deciding.Verdict.Kind);
    }

    [Fact]
    public void What_is_drained_by_an_allowance_or_a_permit_is_abnormal_and_so_is_the_allowance()
    {
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Usdc, Abi.Encode("transferFrom(address,address,uint256)", Community, Bob, 5), [Moved(Usdc, Community, Bob, 5)])).Deciding.Verdict.Kind);
        var allowed = _chain.Makes(Ana, Other, Relayed, [Allowed(Usdc, Community, Bob, 5)]);
        Assert.Equal([Community], allowed.Touched);
        Assert.Equal(("approval of an unknown token", VerdictKind.Abnormal), (_chain.Judge(allowed).Deciding.What, _chain.Judge(allowed).Deciding.Verdict.Kind));
        Assert.Empty(_chain.Makes(Ana, Other, Relayed, [Allowed(Other, Bob, Community, 5)]).Touched);
        Assert.Equal(VerdictKind.Review, _chain.Judge(_chain.Makes(Ana, Other, Relayed, [Moved(Other, Ana, Community, 5)])).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Review, _chain.Judge(_chain.Makes(Ana, Other, Relayed, [Moved(Other, Community, Bob, 0)])).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Snt, Abi.Encode("transferFrom(address,address,uint256)", Community, Bob, 5), [], succeeded: false)).Deciding.Verdict.Kind);
    }

    [Fact]
    public void Bait_that_names_us_or_cannot_be_read_is_looked_at_and_wakes_nobody()
    {
        var bait = Moved(Other, Ana, Community, 5) with { Data = new byte[] { 1, 2, 3 } };
        var judged = _chain.Judge(_chain.Makes(Ana, Other, Relayed, [bait]));
        Assert.Equal(VerdictKind.Review, _chain.Judge(_chain.Makes(Ana, Other, Relayed, [Moved(Other, Community, Bob, 5)])).Deciding.Verdict.Kind);
        Assert.Equal(("transfer of an unknown token", VerdictKind.Review), (judged.Deciding.What, judged.Deciding.Verdict.Kind));
        Assert.Contains("advertisement or bait", judged.Deciding.Verdict.Why);
    }

    [Fact]
    public void Calls_that_could_not_all_be_kept_are_abnormal()
    {
        var judged = _chain.Judge(_chain.Makes(Ana, Snt, Abi.Encode("transfer(address,uint256)", Bob, 5), [Moved(Snt, Ana, Bob, 5)], [ChatOps.Core.Contracts.Chains.ChainCall.Cut]));
        Assert.Equal(("a call inside", VerdictKind.Abnormal), (judged.Deciding.What, judged.Deciding.Verdict.Kind));
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(5, 4, true)]
    [InlineData(5, 6, false)]
    public void The_like_of_a_payout_is_the_same_token_to_the_same_recipient_and_no_more(int seen, int next, bool passes)
    {
        var like = _chain.Judge(Pay(Other, Bob, seen)).Parts.First(part => part.Verdict.Kind == VerdictKind.Abnormal).Like!;
        var rule = "Function=transfer(address,uint256); Verdict=normal; " + string.Join("; ", like.Select(word => $"{word.Key}={word.Value}"));
        Assert.Equal(passes, _chain.Judge(Pay(Other, Bob, next), rule).Deciding.Verdict.Kind == VerdictKind.Normal);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(Pay(Other, Ana, seen), rule).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(Pay(Batch, Bob, seen), rule).Deciding.Verdict.Kind);

        ChatOps.Core.Contracts.Chains.TouchingTransaction Pay(Address token, Address to, int amount) =>
            _chain.Makes(Ana, Safe, Exec(token, 0, Abi.Encode("transfer(address,uint256)", to, amount)), [Moved(token, Safe, to, amount), Success(Safe)]);
    }

    [Fact]
    public void The_like_of_ether_out_is_the_same_recipient_and_no_more()
    {
        var like = _chain.Judge(Pay(Bob, Ether)).Deciding.Like!;
        Assert.Equal([("To", Bob.ToString()), ("Value:max", Ether.ToString())], like.Select(word => (word.Key, word.Value)));
        var rule = "Function=receive(); Verdict=normal; " + string.Join("; ", like.Select(word => $"{word.Key}={word.Value}"));
        Assert.Equal(VerdictKind.Normal, _chain.Judge(Pay(Bob, Ether), rule).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(Pay(Bob, Ether + 1), rule).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(Pay(Ana, Ether), rule).Deciding.Verdict.Kind);

        ChatOps.Core.Contracts.Chains.TouchingTransaction Pay(Address to, BigInteger wei) => _chain.Makes(Ana, Safe, Exec(to, wei, []), [Success(Safe)]);
    }
}
