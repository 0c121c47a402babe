using System.Text.RegularExpressions;
using ChatOps.Benchmarks.Chains;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Scenarios;

/// <summary>A chain that brings what is normal, what is not and what is to be looked at, and changes its mind twice. It goes on when everything is told.</summary>
internal sealed partial class ChainNight : INight
{
    private static readonly Address Snt = Address.Parse("0x744d70fdbe2ba4cf95131626614a1763df805b9e");
    private static readonly Address Wallet = Address.Parse("0x00000000000000000000000000000000000f1a00");
    private static readonly Address Mallory = Address.Parse("0x000000000000000000000000000000000000bad0");

    private readonly MadeChain _chain;
    private readonly MortalBot _bot;
    private readonly FaultyNode _node;
    private DateTimeOffset _time;

    private ChainNight(MortalBot bot, FaultyNode node, MadeChain chain, DateTimeOffset began) => (_bot, _node, _chain, _time) = (bot, node, chain, began.AddMinutes(-10));

    public static async Task<INight> Begin(MortalBot bot, DateTimeOffset began)
    {
        var chain = new MadeChain { FinalDepth = 1000 };
        var node = await FaultyNode.Before(body => Task.FromResult(chain.Answer(body)));
        bot.Settings =
        [
            "--Chains:0:Name=main", "--Chains:0:ChainId=1", $"--Chains:0:RpcUrls:0={node.Url}", "--Chains:0:StartBlock=0", "--Chains:0:PollInterval=00:00:00.1",
            $"--Contracts:Watch:0:Address={Snt}", "--Contracts:Watch:0:Label=SNT", "--Contracts:Watch:0:Kind=MiniMe",
            $"--Contracts:Watch:1:Address={Wallet}", "--Contracts:Watch:1:Label=Payroll", "--Contracts:Watch:1:Kind=Account",
            // What the state of a made-up chain is nobody cares about.
            "--Contracts:ProbeEvery=1000", "--Digests:Contracts:Enabled=false",
        ];
        return new ChainNight(bot, node, chain, began);
    }

    public async Task Work()
    {
        var (mint, bait, transfer) = (Make("mint", Snt, "generateTokens(address,uint256)", false), Bait("bait"), Make("transfer", Snt, "transfer(address,uint256)", true));
        await Mines(0, [[]]);
        await Mines(0, [mint, transfer]);
        await Mines(0, [bait]);

        // The mint is gone; the bait and the transfer have changed places.
        await Mines(2, [bait], [transfer]);
        await Mines(0, [mint]);
    }

    /// <summary>
    /// After each thing that the follower and the intake store: they do one after another, so dying after one is dying before the next. Dying while something is being posted is
    /// another night's.
    /// </summary>
    public static bool IsOfTheChain(string moment) => Stored().IsMatch(moment);

    public Task Quiet() => _bot.When(progress => progress.Waiting == 0 && progress.Tip == _chain.Blocks[^1].Hash, "all blocks are read and both chats show everything");

    public Task<IReadOnlyList<string>> LocalMessages() => NightShift.LocalMessages(_bot);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private async Task Mines(int dropped, params IReadOnlyList<MadeTransaction>[] blocks)
    {
        // All at once: the bot is to see what was and what is, and nothing between.
        _chain.Change(() =>
        {
            _chain.Drop(dropped);
            foreach (var block in blocks)
            {
                _chain.Mine(_time = _time.AddSeconds(12), [.. block]);
            }
        });
        await Quiet();
    }

    private static MadeTransaction Make(string name, Address to, string function, bool succeeded) =>
        new(Keccak.Hash(name), Mallory, to, 0, Abi.Encode(function, Mallory, 5), succeeded, succeeded ? [new(to, [WatchedAddresses.Transfer, Word.Of(Mallory), Word.Of(Mallory)], Abi.EncodeArguments("(uint256 amount)", 5))] : []);

    [GeneratedRegex(@"^after commit of (ChainCursor|WatchedTransaction|WatchedState|Alert) ")]
    private static partial Regex Stored();

    private static MadeTransaction Bait(string name) =>
        new(Keccak.Hash(name), Mallory, Mallory, 0, [], true, [new(Mallory, [WatchedAddresses.Transfer, Word.Of(Mallory), Word.Of(Wallet)], Abi.EncodeArguments("(uint256 amount)", 777))]);
}
