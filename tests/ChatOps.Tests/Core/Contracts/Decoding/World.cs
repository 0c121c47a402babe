using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using NodaTime;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>A small world: Status's contracts with their ABIs, what their wallets hold, and what people call them.</summary>
internal sealed class World : IContractNames
{
    public static readonly Address Snt = Address.Parse("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E");
    public static readonly Address Controller = Address.Parse("0x52aE2B53C847327f95A5084a7C38c0adb12fD302");
    public static readonly Address Community = Address.Parse("0xBBF0cC1C63F509d48a4674e270D26d80cCAF6022");
    public static readonly Address Research = Address.Parse("0xA646E29877d52B9e2De457ECa09C724fF16D0a2B");
    public static readonly Address Registrar = Address.Parse("0xDB5ac1a559b02E12F29fC0eC0e37Be8E046DEF49");
    public static readonly Address MultiSend = Address.Parse("0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761");
    public static readonly Address Safe = Address.Parse("0x00000000000000000000000000000000005afe01");
    public static readonly Address Timelock = Address.Parse("0x0000000000000000000000000000000000071e01");
    public static readonly Address Proxy = Address.Parse("0x0000000000000000000000000000000000009001");
    public static readonly Address Stranger = Address.Parse("0x1111111111111111111111111111111111111111");

    private static readonly Dictionary<Address, (string Label, string Abi)> Known = new()
    {
        [Snt] = ("SNT", "MiniMe"),
        [Controller] = ("SNT controller", "SntController"),
        [Community] = ("Community Multisig", "MultiSig"),
        [Research] = ("R&D Multisig", "MultiSig"),
        [Registrar] = ("Registrar", "Registrar"),
        [MultiSend] = ("MultiSend", "MultiSend"),
        [Safe] = ("Treasury Safe", "Safe"),
        [Timelock] = ("Timelock", "Timelock"),
        [Proxy] = ("Vault", "Proxy"),
    };

    public World()
    {
        Decoder = new(address => Known.TryGetValue(address, out var known) ? [BundledAbis.Find(known.Abi)!] : [], (wallet, id) => Proposals.GetValueOrDefault((wallet, id)));
        Words = new(this);
    }

    public Dictionary<(Address Wallet, BigInteger Id), CallPayload> Proposals { get; } = [];

    public CallDecoder Decoder { get; }

    public CallWords Words { get; }

    public DecodedCall Decode(Address to, string signature, params object[] values) => Decoder.Decode(to, 0, Abi.Encode(signature, values));

    public string? Label(Address address) => Known.GetValueOrDefault(address).Label;

    public TokenUnit? Token(Address address) => address == Snt ? new("SNT", 18) : null;

    public static byte[] Submit(Address to, byte[] data) => Abi.Encode("submitTransaction(address,uint256,bytes)", to, 0, data);

    public static byte[] ChangeController(Address to) => Abi.Encode("changeController(address)", to);

    public static byte[] ExecTransaction(Address to, byte[] data, int operation) =>
        Abi.Encode("execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", to, 0, data, operation, 0, 0, 0, Address.Zero, Address.Zero, new byte[65]);

    /// <summary>An entry of a batch, packed.</summary>
    public static byte[] Entry(byte operation, Address to, BigInteger value, byte[] data) =>
        [operation, .. to.ToBytes(), .. Word.Of(value).ToBytes(), .. Word.Of(data.Length).ToBytes(), .. data];

    public static byte[] Batch(params byte[][] entries) => Abi.Encode("multiSend(bytes)", [entries.SelectMany(entry => entry).ToArray()]);

    public static ChainLog Log(Address emitter, string signature, IEnumerable<Word> topics, string types = "()", params object[] values) =>
        new(emitter, [Keccak.Hash(signature), .. topics], Abi.EncodeArguments(types, values), 0);

    public static TouchingTransaction Transaction(Address to, byte[] input, IReadOnlyList<ChainLog> logs, IReadOnlyList<ChainCall>? calls = null, bool succeeded = true) => new(
        "mainnet",
        new BlockRef(1, Word.Zero, Word.Zero, Instant.FromUnixTimeSeconds(0)),
        new ChainTransaction(Word.Zero, 0, Stranger, to, 0, input, 0),
        new ChainReceipt(succeeded, null, logs),
        calls,
        [to],
        false);
}
