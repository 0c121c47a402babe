using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Tests.Fakes.Ethereum;
using static ChatOps.Tests.Core.Contracts.Judging.JudgedChain;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>What anybody may do with the public contracts is normal with the logs and the calls inside that it truly leaves, and what looks like it is not.</summary>
public sealed class ShippedRuleTests
{
    private static readonly Address Weth = Address.Parse("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2");
    private static readonly string[] Names =
    [
        "transfer", "transferFrom", "approve", "register", "approveAndCall to the registrar", "release", "slashSmallUsername", "buyToken", "approveAndCall to the market", "registerPack",
        "deposit", "mint", "withdraw", "redeem", "withdraw WETH", "shares transfer", "shares transferFrom", "shares approve", "ether to a wallet", "ether to a token",
    ];

    private static readonly byte[] Name = Keccak.Hash("ana").ToBytes();

    private readonly JudgedChain _chain = new();

    public static TheoryData<string, bool> Public
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in Names)
            {
                data.Add(name, false);
                data.Add(name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Public))]
    public void What_is_public_is_normal(string what, bool isTraced)
    {
        var (to, input, logs, calls, value, succeeded) = Does(what);
        var judged = _chain.Judge(_chain.Makes(Ana, to, input, logs, isTraced ? [.. calls, .. logs.Where(log => log.Address == Snt && log.Topics.Count == 3 && log.Topics[0] == WatchedAddresses.Transfer).Select(Asks)] : null, value, succeeded));
        Assert.True(judged.Deciding.Verdict.Kind == VerdictKind.Normal, $"{judged.Deciding.Words}: {judged.Deciding.Verdict.Why}");
    }

    [Fact]
    public void What_leaves_the_registrar_or_a_vault_without_being_taken_out_is_not_normal()
    {
        var call = Abi.Encode("relay(bytes)", new object[] { new byte[] { 1 } });
        Assert.Equal(VerdictKind.Abnormal, Kind(Relay, call, Moved(Snt, Registrar, Bob, 5)));
        Assert.Equal(VerdictKind.Abnormal, Kind(Relay, call, Moved(Snt, SntVault, Bob, 5)));
        Assert.Equal(VerdictKind.Abnormal, Kind(Relay, call, Moved(Weth, WethVault, Bob, 5)));
        // To another than who took it out, more than was taken out, or beside the giving up of another's name.
        Assert.Equal(VerdictKind.Abnormal, Kind(SntVault, Abi.Encode("withdraw(uint256,address,address)", 5, Ana, Ana), Moved(Snt, SntVault, Bob, 5), Withdrawn(SntVault, Ana, 5)));
        Assert.Equal(VerdictKind.Abnormal, Kind(SntVault, Abi.Encode("withdraw(uint256,address,address)", 5, Ana, Ana), Moved(Snt, SntVault, Ana, 6), Withdrawn(SntVault, Ana, 5)));
        Assert.NotEqual(VerdictKind.Normal, Kind(Registrar, Abi.Encode("release(bytes32)", new object[] { Name }), Moved(Snt, Registrar, Bob, 5), Owned()));
        // Through a contract of somebody's own it is looked at, and nobody is woken.
        Assert.Equal(VerdictKind.Review, Kind(Relay, call, Moved(Snt, Registrar, Relay, 5), Owned()));
    }

    [Fact]
    public void What_only_the_token_may_ask_for_is_not_everybodys()
    {
        var data = Abi.Encode("receiveApproval(address,uint256,address,bytes)", Community, 5, Snt, Array.Empty<byte>());
        Assert.Equal(VerdictKind.Abnormal, Kind(Registrar, data));
        Assert.Equal(VerdictKind.Abnormal, Kind(Market, data));
        Assert.Equal(VerdictKind.Abnormal, _chain.Judge(_chain.Makes(Community, Market, Abi.Encode("buyToken(uint256,address,uint256)", 1, Ana, 5), [])).Deciding.Verdict.Kind);
    }

    private VerdictKind Kind(Address to, byte[] input, params ChainLog[] logs) => _chain.Judge(_chain.Makes(Ana, to, input, logs)).Deciding.Verdict.Kind;

    // MiniMe asks its controller at each transfer.
    private static ChainCall Asks(ChainLog moved) =>
        Called(2, Snt, Controller, Abi.Encode("onTransfer(address,address,uint256)", moved.Topics[1].ToAddress()!.Value, moved.Topics[2].ToAddress()!.Value, new BigInteger(moved.Data.Span, isUnsigned: true, isBigEndian: true)));

    private static ChainLog Owned() => ToldChain.Log(Registrar, "UsernameOwner(bytes32,address)", [new Word(Name)], "(address)", Address.Zero);

    private static (Address To, byte[] Input, ChainLog[] Logs, ChainCall[] Calls, BigInteger Value, bool Succeeded) Does(string what)
    {
        byte[] pull(Address by) => Abi.Encode("transferFrom(address,address,uint256)", Ana, by, 10);
        var back = Abi.Encode("transfer(address,uint256)", Ana, 10);
        var registering = Abi.Encode("register(bytes32,address,bytes32,bytes32)", Name, Ana, new byte[32], new byte[32]);
        var buying = Abi.Encode("buyToken(uint256,address,uint256)", 1, Ana, 10);
        return what switch
        {
            "transfer" => Call(Snt, Abi.Encode("transfer(address,uint256)", Bob, 10), [Moved(Snt, Ana, Bob, 10)]),
            "transferFrom" => Call(Snt, Abi.Encode("transferFrom(address,address,uint256)", Bob, Ana, 10), [Moved(Snt, Bob, Ana, 10)]),
            "approve" => Call(Snt, Abi.Encode("approve(address,uint256)", Bob, 10), [Allowed(Snt, Ana, Bob, 10)], Called(1, Snt, Controller, Abi.Encode("onApprove(address,address,uint256)", Ana, Bob, 10))),
            "register" => Call(Registrar, registering, [Moved(Snt, Ana, Registrar, 10), Owned()], Called(1, Registrar, Snt, pull(Registrar))),
            "approveAndCall to the registrar" => Call(Snt, Abi.Encode("approveAndCall(address,uint256,bytes)", Registrar, 10, registering), [Allowed(Snt, Ana, Registrar, 10), Moved(Snt, Ana, Registrar, 10), Owned()],
                Called(1, Snt, Registrar, Abi.Encode("receiveApproval(address,uint256,address,bytes)", Ana, 10, Snt, registering)), Called(2, Registrar, Snt, pull(Registrar))),
            "release" => Call(Registrar, Abi.Encode("release(bytes32)", new object[] { Name }), [Moved(Snt, Registrar, Ana, 10), Owned()], Called(1, Registrar, Snt, back)),
            "slashSmallUsername" => Call(Registrar, Abi.Encode("slashSmallUsername(string,uint256)", "ana", 7), [Moved(Snt, Registrar, Bob, 6), Owned()], Called(1, Registrar, Snt, Abi.Encode("transfer(address,uint256)", Bob, 6))),
            "buyToken" => Call(Market, buying, [Moved(Snt, Ana, Controller, 1), Moved(Snt, Ana, Bob, 9)], Called(1, Market, Snt, Abi.Encode("transferFrom(address,address,uint256)", Ana, Controller, 1)), Called(1, Market, Snt, Abi.Encode("transferFrom(address,address,uint256)", Ana, Bob, 9))),
            "approveAndCall to the market" => Call(Snt, Abi.Encode("approveAndCall(address,uint256,bytes)", Market, 10, buying), [Allowed(Snt, Ana, Market, 10), Moved(Snt, Ana, Bob, 10)],
                Called(1, Snt, Market, Abi.Encode("receiveApproval(address,uint256,address,bytes)", Ana, 10, Snt, buying)), Called(2, Market, Snt, Abi.Encode("transferFrom(address,address,uint256)", Ana, Bob, 10))),
            "registerPack" => Call(Market, Abi.Encode("registerPack(uint256,uint256,bytes4[],address,bytes,uint256)", 10, 0, new object[] { Array.Empty<object>() }[0], Ana, new byte[2], 0), [ToldChain.Log(Market, "Register(uint256,uint256,bytes)", [Word.Of((BigInteger)1)], "(uint256,bytes)", 10, new byte[2])]),
            "deposit" => Call(SntVault, Abi.Encode("deposit(uint256,address)", 10, Ana), Deposited(), Called(1, SntVault, Snt, pull(SntVault))),
            "mint" => Call(SntVault, Abi.Encode("mint(uint256,address)", 10, Ana), Deposited(), Called(1, SntVault, Snt, pull(SntVault))),
            "withdraw" => Call(SntVault, Abi.Encode("withdraw(uint256,address,address)", 10, Ana, Ana), [Moved(SntVault, Ana, Address.Zero, 10), Moved(Snt, SntVault, Ana, 10), Withdrawn(SntVault, Ana, 10)], Called(1, SntVault, Snt, back)),
            "redeem" => Call(SntVault, Abi.Encode("redeem(uint256,address,address)", 10, Ana, Ana), [Moved(SntVault, Ana, Address.Zero, 10), Moved(Snt, SntVault, Ana, 10), Withdrawn(SntVault, Ana, 10)], Called(1, SntVault, Snt, back)),
            "withdraw WETH" => Call(WethVault, Abi.Encode("withdraw(uint256,address,address)", 10, Ana, Ana), [Moved(WethVault, Ana, Address.Zero, 10), Moved(Weth, WethVault, Ana, 10), Withdrawn(WethVault, Ana, 10)], Called(1, WethVault, Weth, back)),
            "shares transfer" => Call(SntVault, Abi.Encode("transfer(address,uint256)", Bob, 10), [Moved(SntVault, Ana, Bob, 10)]),
            "shares transferFrom" => Call(SntVault, Abi.Encode("transferFrom(address,address,uint256)", Bob, Ana, 10), [Moved(SntVault, Bob, Ana, 10)]),
            "shares approve" => Call(SntVault, Abi.Encode("approve(address,uint256)", Bob, 10), [Allowed(SntVault, Ana, Bob, 10)]),
            "ether to a wallet" => Call(Community, [], [ToldChain.Log(Community, "Deposit(address,uint256)", [Word.Of(Ana)], "(uint256)", 5)]) with { Value = 5 },
            "ether to a token" => Call(Snt, [], [], Called(1, Snt, Controller, Abi.Encode("proxyPayment(address)", Ana), 5, failed: true)) with { Value = 5, Succeeded = false },
            _ => throw new ArgumentException(what),
        };

        static ChainLog[] Deposited() =>
            [Moved(Snt, Ana, SntVault, 10), Moved(SntVault, Address.Zero, Ana, 10), ToldChain.Log(SntVault, "Deposit(address,address,uint256,uint256)", [Word.Of(Ana), Word.Of(Ana)], "(uint256,uint256)", 10, 10)];
    }

    private static (Address To, byte[] Input, ChainLog[] Logs, ChainCall[] Calls, BigInteger Value, bool Succeeded) Call(Address to, byte[] input, ChainLog[] logs, params ChainCall[] calls) => (to, input, logs, calls, 0, true);
}
