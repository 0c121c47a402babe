using System.Numerics;
using ChatOps.Contracts;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Tests.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>Status's public contracts and a Safe with the shipped rules: transactions go the way from calldata, logs and traces to the verdict, without a store.</summary>
internal sealed class JudgedChain
{
    public static readonly Address Snt = Address.Parse("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E");
    public static readonly Address Controller = Address.Parse("0x52aE2B53C847327f95A5084a7C38c0adb12fD302");
    public static readonly Address Community = Address.Parse("0xBBF0cC1C63F509d48a4674e270D26d80cCAF6022");
    public static readonly Address Registrar = Address.Parse("0xDB5ac1a559b02E12F29fC0eC0e37Be8E046DEF49");
    public static readonly Address Market = Address.Parse("0x12824271339304d3a9f7e096e62a2a7E73b4A7E7");
    public static readonly Address SntVault = Address.Parse("0x493957E168aCCdDdf849913C3d60988c652935Cd");
    public static readonly Address WethVault = Address.Parse("0xc71Ec84Ee70a54000dB3370807bfAF4309a67a1f");
    public static readonly Address Safe = Address.Parse("0x00000000000000000000000000000000005afe01");
    public static readonly Address Payroll = Address.Parse("0x00000000000000000000000000000000000f1a00");
    public static readonly Address Singleton = Address.Parse("0x41675C099F32341bf84BFc5382aF534df5C7461a");
    public static readonly Address Batch = Address.Parse("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D");
    public static readonly Address Relay = Address.Parse("0x000000000000000000000000000000000000feed");
    public static readonly Address Usdc = Address.Parse("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");
    public static readonly Address Other = Address.Parse("0x0000000000000000000000000000000000007070");
    public static readonly Address Ana = Address.Parse("0x00000000000000000000000000000000000000a1");
    public static readonly Address Bob = Address.Parse("0x00000000000000000000000000000000000000b0");

    private readonly ToldChain _chain = new();
    private readonly WatchSettings _settings = WatchSettings.Read(new(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()), ShippedContracts.Read(), [new("main", 1)], _ => throw new InvalidOperationException());
    private readonly Dictionary<BigInteger, CallPayload> _proposals = [];

    public JudgedChain() => Watched = new([.. _settings.Things, new("main", Safe, "Treasury Safe", ContractKind.Safe) { Criticality = Criticality.Critical }, new("main", Payroll, "Payroll", ContractKind.Account)]);

    public Watched Watched { get; }

    /// <summary>Watched accounts at which code stands.</summary>
    public HashSet<Address> Coded { get; } = [];

    public void Proposes(int number, Address to, BigInteger value, byte[] input) => _proposals[number] = new(to, value, input);

    public TouchingTransaction Makes(Address from, Address to, byte[] input, ChainLog[] logs, ChainCall[]? calls = null, BigInteger value = default, bool succeeded = true)
    {
        var made = _chain.Makes(_chain.Block(101), from, to, input, [], value, succeeded, false, logs);
        ChainCall[]? all = calls is null ? null : [new("CALL", 0, from, to, value, input, !succeeded), .. calls];
        return made with { Calls = all, Touched = new WatchedAddresses(Watched.On("main")).TouchedBy(made.Transaction, made.Receipt, all) };
    }

    public JudgedFacts Facts(TouchingTransaction touching) => PartReading.Of(touching, Reading(touching), Watched);

    /// <summary>What stands on its card.</summary>
    public IReadOnlyList<string> Words(TouchingTransaction touching, params string[] rules) => TransactionWords.Of(Reading(touching), Judge(touching, rules), new NoNames());

    private TransactionReading Reading(TouchingTransaction touching)
    {
        var decoder = new CallDecoder(Abis, (_, id) => _proposals.GetValueOrDefault(id));
        return new(decoder.Decode(touching.Transaction), InsideCalls.Of(touching, Watched, decoder), decoder.DecodeLogs(touching.Receipt.Logs), new HashSet<Address> { Batch }, Coded);
    }

    public Judgement Judge(TouchingTransaction touching, params string[] rules) =>
        ChatOps.Core.Contracts.Judging.Judge.Of(Facts(touching), [.. rules.Select(Rule), .. _settings.Shipped], Watched, (_, _) => 0);

    public static Rule Rule(string words)
    {
        var (rule, faults) = RuleText.Read(RuleText.Split(words).Words!, "the settings", "rule");
        Assert.Empty(faults);
        return rule!;
    }

    public static byte[] Exec(Address to, BigInteger value, byte[] data, int operation = 0, BigInteger gasPrice = default) =>
        Abi.Encode("execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", to, value, data, operation, 0, 0, gasPrice, Address.Zero, Address.Zero, new byte[65]);

    public static byte[] MultiSend(params (Address To, BigInteger Value, byte[] Data)[] entries) => Abi.Encode("multiSend(bytes)", new object[]
    {
        entries.SelectMany(entry => (byte[])[0, .. entry.To.ToBytes(), .. Word.Of(entry.Value).ToBytes(), .. Word.Of((BigInteger)entry.Data.Length).ToBytes(), .. entry.Data]).ToArray(),
    });

    public static ChainLog Success(Address safe) => ToldChain.Log(safe, "ExecutionSuccess(bytes32,uint256)", [], "(bytes32,uint256)", new byte[32], 0);

    public static ChainLog Moved(Address token, Address from, Address to, BigInteger amount) => ToldChain.Log(token, "Transfer(address,address,uint256)", [Word.Of(from), Word.Of(to)], "(uint256)", amount);

    public static ChainLog Allowed(Address token, Address owner, Address spender, BigInteger amount) => ToldChain.Log(token, "Approval(address,address,uint256)", [Word.Of(owner), Word.Of(spender)], "(uint256)", amount);

    public static ChainLog Withdrawn(Address vault, Address receiver, BigInteger assets) => ToldChain.Log(vault, "Withdraw(address,address,address,uint256,uint256)", [Word.Of(receiver), Word.Of(receiver), Word.Of(receiver)], "(uint256,uint256)", assets, assets);

    public static ChainCall Called(int depth, Address from, Address to, byte[] input, BigInteger value = default, string kind = "CALL", bool failed = false) => new(kind, depth, from, to, value, input, failed);

    private IReadOnlyList<ContractAbi> Abis(Address address)
    {
        if (Watched.Find("main", address) is { } thing)
        {
            return [.. new[] { thing.Abi is { } named ? _settings.Abi(named) : null, BundledAbis.Find(thing.Kind.ToString()) }.OfType<ContractAbi>()];
        }

        return [.. new[] { "Erc20", "Erc721", "MultiSend", "SafeGuard" }.Select(BundledAbis.Find).OfType<ContractAbi>()];
    }
}
