using System.Numerics;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>One question about a watched thing's state. It catches what emits no event and what happens out of sight.</summary>
/// <param name="Name">controller, owners, threshold: as <c>Expect</c> names it.</param>
/// <param name="Ask">The answer in words that compare, or null where the contract has no such thing.</param>
internal sealed record Probe(string Name, Func<IChainClient, Address, Word, CancellationToken, Task<string?>> Ask)
{
    private const string Fallback = "0x6c9a6c4a39284e37ed1cf53d337577d14212a4870fb976a4366c693b939918d5";
    private const string Guard = "0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8";
    private const string Implementation = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
    private const string Admin = "0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103";
    private const string Beacon = "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";

    /// <summary>Where a proxy of EIP-1967 keeps the address of its code.</summary>
    public static Word ImplementationSlot { get; } = Word.Parse(Implementation);

    /// <summary>Where one keeps the address of who says which code it is.</summary>
    public static Word BeaconSlot { get; } = Word.Parse(Beacon);

    // Of one answer: a contract that answers with megabytes is not to be believed.
    private const int MostOwners = 200;

    private static readonly Probe[] Proxies = [Slot("implementation", Implementation), Slot("admin", Admin), Slot("beacon", Beacon)];

    /// <summary>What is asked of a kind of thing.</summary>
    public static IReadOnlyList<Probe> Of(ContractKind kind) => kind switch
    {
        ContractKind.MiniMe => [Account("controller()"), Number("totalSupply()"), Truth("transfersEnabled()"), Code],
        ContractKind.Token => [Account("owner()"), .. Proxies, Code],
        ContractKind.MultiSig => [Accounts("getOwners()", "owners"), Number("required()"), Code],
        ContractKind.Safe => [Accounts("getOwners()", "owners"), Number("getThreshold()", "threshold"), Modules, Slot("guard", Guard), Slot("fallbackHandler", Fallback), Slot("singleton", Word.Zero.ToString()), Code],
        ContractKind.Registrar => [Account("controller()"), Account("ensRegistry()"), Account("resolver()"), Number("state()"), Code],
        ContractKind.Account => [AccountCode],
        _ => [Account("owner()"), Account("controller()"), .. Proxies, Code],
    };

    /// <summary>What a token says that an address has.</summary>
    public static async Task<BigInteger?> TokenBalance(IChainClient chain, Address token, Address holder, Word block, CancellationToken cancel)
    {
        var input = Selector("balanceOf(address)").Concat(Word.Of(holder).ToBytes()).ToArray();
        return await chain.Call(token, input, block, cancel) is { Length: 32 } answer ? new BigInteger(answer.Span, isUnsigned: true, isBigEndian: true) : null;
    }

    // The code itself is too long to be shown; whether it is another is what counts.
    private static Probe Code { get; } = new("code", async (chain, address, block, cancel) =>
        await chain.Code(address, block, cancel) is { Length: > 0 } code ? Keccak.Hash(code.Span).ToString()[..18] + "…" : "none: there is no contract");

    // An account has none, unless its owner lets it run another's (EIP-7702).
    private static Probe AccountCode { get; } = new("code", async (chain, address, block, cancel) => await chain.Code(address, block, cancel) switch
    {
        { IsEmpty: true } => null,
        { Length: 23 } code when code.Span is [0xef, 0x01, 0x00, ..] => $"that of {new Address(code.Span[3..])} (EIP-7702)",
        var code => Keccak.Hash(code.Span).ToString()[..18] + "…",
    });

    private static Probe Modules { get; } = new("modules", async (chain, address, block, cancel) =>
    {
        var input = Selector("getModulesPaginated(address,uint256)").Concat(Word.Of((BigInteger)1).ToBytes()).Concat(Word.Of((BigInteger)50).ToBytes()).ToArray();
        return await chain.Call(address, input, block, cancel) is { } answer ? List(answer.Span) : null;
    });

    private static Probe Account(string signature) => new(NameOf(signature), async (chain, address, block, cancel) =>
        await chain.Call(address, Selector(signature), block, cancel) is { Length: 32 } answer && new Word(answer.Span).ToAddress() is { } account ? account.ToString() : null);

    private static Probe Number(string signature, string? name = null) => new(name ?? NameOf(signature), async (chain, address, block, cancel) =>
        await chain.Call(address, Selector(signature), block, cancel) is { Length: 32 } answer ? new Word(answer.Span).ToNumber().ToString() : null);

    private static Probe Truth(string signature) => new(NameOf(signature), async (chain, address, block, cancel) =>
        await chain.Call(address, Selector(signature), block, cancel) is { Length: 32 } answer ? new Word(answer.Span).ToNumber().IsZero ? "no" : "yes" : null);

    private static Probe Accounts(string signature, string name) => new(name, async (chain, address, block, cancel) =>
        await chain.Call(address, Selector(signature), block, cancel) is { } answer ? List(answer.Span) : null);

    // Zero in a slot of a contract that is no proxy is the absence of an answer, not an answer.
    private static Probe Slot(string name, string slot) => new(name, async (chain, address, block, cancel) =>
        await chain.Storage(address, Word.Parse(slot), block, cancel) is var word && word != Word.Zero && word.ToAddress() is { } account ? account.ToString() : null);

    private static byte[] Selector(string signature) => Keccak.Hash(signature).ToBytes()[..4];

    private static string NameOf(string signature) => signature[..signature.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>The addresses of a list that is the answer's first part, in an order of their own: contracts shuffle theirs when one leaves.</summary>
    private static string? List(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < 64 || new Word(answer[..32]).ToNumber() is var offset && offset > answer.Length - 32)
        {
            return null;
        }

        var list = answer[(int)offset..];
        var length = new Word(list[..32]).ToNumber();
        if (length > MostOwners || list.Length < 32 + ((int)length * 32))
        {
            return null;
        }

        var accounts = new List<string>();
        for (var i = 0; i < (int)length; i++)
        {
            if (new Word(list.Slice(32 + (i * 32), 32)).ToAddress() is not { } account)
            {
                return null;
            }

            accounts.Add(account.ToString());
        }

        return accounts.Count == 0 ? "none" : string.Join(", ", accounts.Order(StringComparer.OrdinalIgnoreCase));
    }
}
