using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Demo;

/// <summary>What happens on the demo's chain. The contracts are Status's, as the shipped list names them; who acts on them is made up.</summary>
internal static class DemoContracts
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, 18);

    public static Address Snt { get; } = Address.Parse("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E");

    public static Address Controller { get; } = Address.Parse("0x52aE2B53C847327f95A5084a7C38c0adb12fD302");

    public static Address Multisig { get; } = Address.Parse("0xBBF0cC1C63F509d48a4674e270D26d80cCAF6022");

    /// <summary>One of those who can sign for the multisig.</summary>
    public static Address Owner(int number) => Made($"owner {number}");

    /// <summary>Somebody sends their own tokens, as it happens every few minutes: the digest counts it.</summary>
    public static Mines Moves(string from, string to, int tokens) => new(
        Made(from), Snt, Abi.Encode("transfer(address,uint256)", Made(to), Unit * tokens), Succeeded: true,
        [Log(Snt, "Transfer(address,address,uint256)", [Word.Of(Made(from)), Word.Of(Made(to))], "(uint256)", Unit * tokens)]);

    /// <summary>An owner proposes that the multisig pays somebody.</summary>
    public static Mines Proposes(int owner, int number, string payee, int ether) => new(
        Owner(owner), Multisig, Abi.Encode("submitTransaction(address,uint256,bytes)", Made(payee), Unit * ether, Array.Empty<byte>()), Succeeded: true,
        [
            Log(Multisig, "Submission(uint256)", [Word.Of((BigInteger)number)]),
            Log(Multisig, "Confirmation(address,uint256)", [Word.Of(Owner(owner)), Word.Of((BigInteger)number)]),
        ]);

    /// <summary>A stranger tries to take control of the token, and fails: it leaves no event.</summary>
    public static Mines TriesToTake(string stranger) => new(
        Made(stranger), Controller, Abi.Encode("changeController(address)", Made(stranger)), Succeeded: false, []);

    private static Address Made(string name) => new(Keccak.Hash($"demo {name}").ToBytes().AsSpan(Word.Length - Address.Length));

    private static ChainLog Log(Address emitter, string signature, IEnumerable<Word> topics, string types = "()", params object[] values) =>
        new(emitter, [Keccak.Hash(signature), .. topics], Abi.EncodeArguments(types, values), 0);
}
