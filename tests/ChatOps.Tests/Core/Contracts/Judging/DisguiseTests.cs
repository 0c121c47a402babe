using System.Numerics;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Tests.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;
using static ChatOps.Tests.Core.Contracts.Judging.JudgedChain;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>What would like to look better than it is.</summary>
public sealed class DisguiseTests
{
    private static readonly byte[] Relayed = Abi.Encode("relay(bytes)", new object[] { new byte[] { 1, 2 } });
    private readonly JudgedChain _chain = new();

    [Fact]
    public void A_trace_that_leaves_out_what_a_wallet_says_it_did_hides_nothing()
    {
        ChainLog executed = ToldChain.Log(Community, "Execution(uint256)", [ChatOps.Core.Contracts.Word.Of((BigInteger)7)]);
        foreach (var log in new[] { Success(Safe), executed })
        {
            var judged = _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [log], []));
            Assert.Equal((VerdictKind.Abnormal, "a call inside"), (judged.Deciding.Verdict.Kind, judged.Deciding.What));
        }
    }

    [Fact]
    public void A_trace_that_shows_what_a_wallet_did_is_judged_by_that()
    {
        var exec = Exec(Other, 0, []);
        var judged = _chain.Judge(_chain.Makes(Ana, Relay, Relayed, [Success(Safe)], [Called(1, Relay, Safe, exec), Called(2, Safe, Other, [])]));
        Assert.DoesNotContain(judged.Parts, part => part.What == "a call inside");
    }

    [Fact]
    public void One_withdrawal_pays_out_once()
    {
        var take = Abi.Encode("withdraw(uint256,address,address)", 5, Ana, Ana);
        Assert.Equal(VerdictKind.Normal, _chain.Judge(_chain.Makes(Ana, SntVault, take, [Moved(Snt, SntVault, Ana, 5), Withdrawn(SntVault, Ana, 5)])).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, SntVault, take, [Moved(Snt, SntVault, Ana, 5), Moved(Snt, SntVault, Ana, 5), Withdrawn(SntVault, Ana, 5)])).Deciding.Verdict.Kind);
        var release = Abi.Encode("release(bytes32)", new object[] { new byte[32] });
        Assert.Equal(VerdictKind.Normal, _chain.Judge(_chain.Makes(Ana, Registrar, release, [Moved(Snt, Registrar, Ana, 5)])).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Registrar, release, [Moved(Snt, Registrar, Ana, 5), Moved(Snt, Registrar, Ana, 5)])).Deciding.Verdict.Kind);
    }

    [Fact]
    public void What_owners_sign_is_no_guards_question()
    {
        var check = Abi.Encode("checkAfterExecution(bytes32,bool)", new byte[32], true);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Safe, Exec(Other, 0, check), [Success(Safe)])).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Ana, Safe, Exec(Other, 0, check), [Success(Safe)], [Called(1, Safe, Singleton, Exec(Other, 0, check), kind: "DELEGATECALL"), Called(2, Safe, Other, check)])).Deciding.Verdict.Kind);
    }

    [Fact]
    public void Code_of_ours_that_runs_as_somebody_else_touches_nothing() =>
        Assert.Empty(_chain.Makes(Ana, Relay, Relayed, [], [Called(1, Relay, Snt, Relayed, kind: "DELEGATECALL")]).Touched);

    [Fact]
    public void Bytes_behind_a_strangers_transfer_of_their_own_wake_nobody_and_behind_ours_they_do()
    {
        byte[] marked = [.. Abi.Encode("transfer(address,uint256)", Bob, 1), 1, 2, 3, 4];
        var own = _chain.Judge(_chain.Makes(Ana, Snt, marked, [Moved(Snt, Ana, Bob, 1)])).Deciding.Verdict;
        Assert.Equal((VerdictKind.Review, "Any holder may do that with their own tokens; but 4 bytes follow that belong to no argument."), (own.Kind, own.Why));
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Payroll, Snt, marked, [Moved(Snt, Payroll, Bob, 1)]), "Watch=SNT; Function=transfer; Verdict=normal").Deciding.Verdict.Kind);
    }

    [Fact]
    public void A_safe_that_pays_for_gas_says_whom_and_in_what()
    {
        var input = Abi.Encode("execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", Bob, 0, Array.Empty<byte>(), 0, 0, 100000, 7, Snt, Ana, new byte[65]);
        var decoder = new CallDecoder(address => address == Safe ? [BundledAbis.Find("Safe")!] : [], (_, _) => null);
        Assert.Contains($"execTransaction paying {Ana} for gas (7 of the smallest unit of {Snt} each, 100000 and what is used) → ", new CallWords(new NoNames()).Of(decoder.Decode(_chain.Makes(Ana, Safe, input, []).Transaction)));
    }

    [Fact]
    public void What_is_not_normal_stands_first_in_a_batch()
    {
        (ChatOps.Core.Contracts.Address, BigInteger, byte[])[] calls = [.. Enumerable.Range(0, 14).Select(_ => (Snt, BigInteger.Zero, Abi.Encode("transfer(address,uint256)", Bob, 1))), (Usdc, 0, Abi.Encode("approve(address,uint256)", Other, 9))];
        var made = _chain.Makes(Ana, Safe, Exec(Batch, 0, MultiSend(calls), operation: 1), [Success(Safe)]);
        var words = _chain.Words(made, "Watch=SNT; Function=transfer; Verdict=normal");
        Assert.StartsWith($"15. {Usdc}: approve(", words[1]);
        Assert.StartsWith("1. ", words[2]);
    }
}
