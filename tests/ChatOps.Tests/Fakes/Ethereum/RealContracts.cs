using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Core.Contracts;
using ChatOps.Tests.House;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>The code that creates contracts, as their makers have published it with npm.</summary>
internal static partial class RealContracts
{
    private static readonly string Modules = Path.Combine(Checkout.Root, "tests", "ethereum", "node_modules");

    /// <summary>Whether npm has put them there.</summary>
    public static bool AreThere => Directory.Exists(Path.Combine(Modules, "minimetoken")) && Directory.Exists(Path.Combine(Modules, "@safe-global")) && Directory.Exists(Path.Combine(Modules, "@openzeppelin")) && Directory.Exists(Path.Combine(Modules, "@0x"));

    /// <summary>SNT is one of these: (factory, parent, block of the parent, name, decimals, symbol, transfers enabled).</summary>
    public static byte[] MiniMeToken => MiniMe("MiniMeToken");

    public static byte[] MiniMeTokenFactory => MiniMe("MiniMeTokenFactory");

    /// <summary>The wallet of 2017 with a time lock: (owners, required, seconds). What is confirmed is carried out by a call of its own.</summary>
    public static byte[] MultiSig => Bytes(Json("@0x/contracts-multisig/lib/generated-artifacts/MultiSigWalletWithTimeLock.json")["compilerOutput"]!["evm"]!["bytecode"]!["object"]!);

    public static byte[] Safe => OfSafe("contracts/Safe.sol/Safe.json");

    /// <summary>(singleton).</summary>
    public static byte[] SafeProxy => OfSafe("contracts/proxies/SafeProxy.sol/SafeProxy.json");

    public static byte[] MultiSendCallOnly => OfSafe("contracts/libraries/MultiSendCallOnly.sol/MultiSendCallOnly.json");

    /// <summary>(implementation, owner of the administrator that it makes, data).</summary>
    public static byte[] TransparentProxy => Bytes(Json("@openzeppelin/contracts/build/contracts/TransparentUpgradeableProxy.json")["bytecode"]!);

    /// <summary>What stands for SNTPlaceHolder, of which nobody has published the code: changeController by its owner goes on to the token and is said by an event, and the token is told that everything may move.</summary>
    public static byte[] PlaceHolder(Address owner, Address token)
    {
        const string Ask = "6000 35 60e0 1c 63 3cebb823 14 6019 57"; // is it changeController?
        const string Yes = "6001 6000 52 6020 6000 f3"; // what SNT asks before a transfer
        const string Refuse = "5f 5f fd";
        var byOwner = $"5b 33 73 {Bare(owner)} 14 6037 57 {Refuse}";
        var goOn = $"5b 36 5f 5f 37 5f 5f 36 5f 5f 73 {Bare(token)} 5a f1 605e 57 {Refuse}";
        var say = $"5b 6004 35 7f {Keccak.Hash("ControllerChanged(address)").ToString()[2..]} 5f 5f a2 00";
        var code = string.Concat(Ask, Yes, byOwner, goOn, say).Replace(" ", "", StringComparison.Ordinal);
        return Deploying(code);
    }

    /// <summary>Code that leaves that code behind: CODECOPY of what follows it, RETURN.</summary>
    public static byte[] Deploying(string code) => Convert.FromHexString($"60{code.Length / 2:x2}80600b6000396000f3{code}");

    private static byte[] MiniMe(string name)
    {
        var file = File.ReadAllText(Path.Combine(Modules, "minimetoken", "build", "MiniMeToken.sol.js"));
        return Bytes(ByteCode().Matches(file).Single(found => found.Groups["name"].Value == name).Groups["code"].Value);
    }

    private static byte[] OfSafe(string file) => Bytes(Json($"@safe-global/safe-contracts/build/artifacts/{file}")["bytecode"]!);

    private static string Bare(Address address) => Convert.ToHexStringLower(address.ToBytes());

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Modules, file)))!;

    private static byte[] Bytes(JsonNode code) => Bytes(code.GetValue<string>());

    private static byte[] Bytes(string code) => Convert.FromHexString(code.AsSpan(2));

    [GeneratedRegex("^exports\\.(?<name>\\w+)ByteCode = \"(?<code>0x[0-9a-fA-F]+)\"", RegexOptions.Multiline)]
    private static partial Regex ByteCode();
}
