using System.Numerics;
using System.Text.Json.Nodes;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes.Ethereum;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>The whole bot, which follows a real chain by its own follower over HTTP, and whoever lives on that chain.</summary>
internal sealed class AnvilWorld : IAsyncDisposable
{
    public static readonly BigInteger Whole = BigInteger.Pow(10, 18);

    // Five minutes before the clock of scenarios: nothing of it was read late.
    private const string Genesis = "1795427700";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly List<string> _watch = [];

    private AnvilWorld(RealAnvil anvil, IReadOnlyList<Address> accounts) => (Anvil, Accounts) = (anvil, accounts);

    public RealAnvil Anvil { get; }

    /// <summary>Ana and Bob sign for wallets, Carol holds tokens, Mallory is nobody's friend.</summary>
    public IReadOnlyList<Address> Accounts { get; }

    public Address Ana => Accounts[0];

    public Address Bob => Accounts[1];

    public Address Carol => Accounts[2];

    public Address Mallory => Accounts[9];

    public World World { get; private set; } = null!;

    /// <summary>Of this chain and what is watched on it.</summary>
    public IReadOnlyList<string> Settings { get; private set; } = [];

    /// <summary>A chain on which contracts can be put before the bot looks at it.</summary>
    public static async Task<AnvilWorld> Begin(params string[] options)
    {
        var anvil = await RealAnvil.Start(["--timestamp", Genesis, .. options]);
        return new(anvil, await anvil.Accounts());
    }

    public void Watch(Address address, string label, string kind, params string[] more)
    {
        var place = _watch.Count(setting => setting.Contains(":Address=", StringComparison.Ordinal));
        string[] settings = [$"Address={address}", $"Label={label}", $"Kind={kind}", "Criticality=critical", .. more];
        _watch.AddRange(settings.Select(setting => $"--Contracts:Watch:{place}:{setting}"));
    }

    public Task Start(params string[] settings) => Start([Anvil.Url], settings);

    /// <summary>The bot reads from the next block on, and has had its first look when this returns.</summary>
    public async Task Start(IReadOnlyList<Uri> endpoints, params string[] settings)
    {
        var height = Convert.ToInt64((await Anvil.Call("eth_blockNumber"))!.GetValue<string>(), 16);
        Settings =
        [
            "--Chains:0:Name=main", $"--Chains:0:ChainId={RealAnvil.ChainId}", $"--Chains:0:StartBlock={height + 1}", "--Chains:0:PollInterval=00:00:00.1",
            .. endpoints.Select((endpoint, i) => $"--Chains:0:RpcUrls:{i}={endpoint}"),
            .. _watch, .. settings,
        ];
        World = await World.BeginWith(_ => { }, [.. Settings]);
        await Anvil.Mine();
        await Reads();
    }

    /// <summary>Waits until the bot has brought in the newest block that the chain has; time passes meanwhile.</summary>
    public async Task Reads(TimeSpan? within = null)
    {
        var head = await Anvil.Head();
        var store = World.Services.GetRequiredService<IStore>();
        await World.Until(
            async () =>
            {
                if (await store.Find<ChainCursor>("main") is { Gone.Count: 0 } cursor && cursor.Tip?.Hash == head)
                {
                    return true;
                }

                World.Clock.Advance(Step);
                return false;
            },
            $"Block {head} was not read.",
            within);
    }

    /// <summary>Somebody calls a contract; the bot has read it when this returns.</summary>
    public async Task<Word> Call(Address from, Address? to, byte[] input, BigInteger value = default)
    {
        var hash = await Sends(from, to, input, value);
        await Anvil.Mine();
        await Reads();
        return hash;
    }

    /// <summary>The same, and the block is still to be made.</summary>
    public Task<Word> Sends(Address from, Address? to, byte[] input, BigInteger value = default) => Anvil.Send(from, to, "0x" + Convert.ToHexStringLower(input), $"0x{value:x}", "0x1e8480");

    /// <summary>Whatever happens after this, what it did must have worked.</summary>
    public async Task<JsonNode> Done(Address from, Address to, byte[] input)
    {
        var receipt = await Anvil.Sent(from, to, "0x" + Convert.ToHexStringLower(input));
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        return receipt;
    }

    /// <summary>SNT as it was put there, with a hundred of it for Carol.</summary>
    public async Task<Address> DeploySnt()
    {
        var factory = await Anvil.Deploy(Ana, RealContracts.MiniMeTokenFactory);
        var snt = await Anvil.Deploy(Ana, RealContracts.MiniMeToken, Abi.EncodeArguments(
            "(address factory, address parent, uint256 block, string name, uint8 decimals, string symbol, bool enabled)", factory, Address.Zero, 0, "Status Network Token", 18, "SNT", true));
        await Done(Ana, snt, Abi.Encode("generateTokens(address,uint256)", Carol, 100 * Whole));
        Watch(snt, "SNT", "MiniMe");
        return snt;
    }

    /// <summary>What only the controller may do, tried by somebody else: it fails and leaves no log.</summary>
    public Task<Word> SendsMint(Address snt) => Sends(Mallory, snt, Abi.Encode("generateTokens(address,uint256)", Mallory, 1000 * Whole));

    /// <summary>The next that is told, with what comes in its thread.</summary>
    public async Task<string> Told()
    {
        var told = await World.Hears();
        await World.HearsAll();
        return told;
    }

    /// <summary>The cards about transactions: each is one that was told.</summary>
    public async Task<IReadOnlyList<World.Message>> Cards()
    {
        await World.Settle();
        return [.. (await World.Messages()).Where(message => message is { ThreadId: null } && message.Subject.StartsWith("T-", StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (World is not null)
            {
                await World.DisposeAsync();
            }
        }
        finally
        {
            await Anvil.DisposeAsync();
        }
    }
}
