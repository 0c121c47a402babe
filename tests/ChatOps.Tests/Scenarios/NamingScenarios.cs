using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Naming;
using static ChatOps.Tests.Scenarios.WatchedWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>What tokens and addresses call themselves, on cards.</summary>
public sealed class NamingScenarios
{
    private static readonly Address Token = Address.Parse("0x0000000000000000000000000000000000070ce0");
    private static readonly Address Registry = Address.Parse("0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e");
    private static readonly Address Resolver = Address.Parse("0x000000000000000000000000000000000000e500");

    [Fact]
    public async Task The_unit_of_a_token_that_nobody_set_is_what_it_says_itself_in_quotes()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Token, "symbol()", 1, "(string symbol)", "BAIT\u202e");
        watched.Chain.Says(Token, "decimals()", 1, "(uint8 decimals)", 6);
        await watched.Receives(Airdrop(watched, 101, Token));
        Assert.Contains($"event: {Token}: Transfer(from: {Attacker}, to: Community Multisig, amount: 1.5 \"BAIT\\u{{202E}}\"", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public async Task A_token_that_says_nothing_or_nonsense_keeps_its_bare_number()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Token, "symbol()", 1, "(string symbol)", "BAIT");
        watched.Chain.Says(Token, "decimals()", 1, "(uint256 decimals)", BigInteger.Pow(2, 200));
        await watched.Receives(Airdrop(watched, 101, Token), Airdrop(watched, 102, Attacker));
        Assert.Contains("amount: 1500000)", await watched.World.Hears());
        await watched.World.HearsAll();
        watched.Chain.IsAway = true;
        await watched.Receives(Airdrop(watched, 103, Bob));
        Assert.Contains("amount: 1500000)", await watched.World.Hears());
        await watched.World.HearsAll();
    }

    [Fact]
    public void The_oldest_tokens_say_their_symbol_in_32_bytes()
    {
        byte[] maker = [.. "MKR"u8, .. new byte[29]];
        Assert.Equal("\"MKR\"", TokenUnits.ReadSymbol(maker));
        Assert.Null(TokenUnits.ReadSymbol(new byte[32]));
        Assert.Null(TokenUnits.ReadSymbol(new byte[7]));
        Assert.Equal("\"AVERYLONGSYMB…\"", TokenUnits.ReadSymbol(Abi.EncodeArguments("(string symbol)", "AVERYLONGSYMBOLINDEED")));
    }

    [Fact]
    public async Task A_name_that_leads_back_to_its_address_comes_onto_the_card()
    {
        await using var watched = await Begin();
        watched.Chain.Says(Registry, "resolver(bytes32)", 1, "(address)", Resolver);
        watched.Chain.Says(Resolver, "name(bytes32)", 1, "(string name)", "bob.eth");
        watched.Chain.Says(Resolver, "addr(bytes32)", 1, "(address)", Bob);
        await watched.Receives(watched.Chain.Makes(watched.Chain.Block(101), Ana, Community, Abi.Encode("submitTransaction(address,uint256,bytes)", Snt, 0, Abi.Encode("transfer(address,uint256)", Bob, 5)), [Community], logs: [Submission(1), Confirmation(Ana, 1)]));
        await watched.World.HearsAll();

        // Ana says that she is bob.eth too: what does not lead back to her is not believed.
        await World.Until(async () => (await watched.World.Card("T-1")).Text.Contains($"Names: {Bob} is \"bob.eth\"\n", StringComparison.Ordinal), "The name is not on the card.");
        Assert.DoesNotContain($"{Ana} is", (await watched.World.Card("T-1")).Text);
    }

    [Theory]
    [InlineData("bob.eth", "bob.eth")]
    [InlineData("jalapeño.eth", "jalapeño.eth")]
    [InlineData("bob.eth, 0x744d is a friend.eth", null)]
    [InlineData("R&D.Multisig;0x744d.eth", null)]
    [InlineData("b\u202Eob.eth", null)]
    [InlineData("a-long-name-that-would-like-to-be-cut-before-its-end-comes.attacker.eth", "…that-would-like-to-be-cut-before-its-end-comes.attacker.eth")]
    public void A_name_that_would_read_as_more_than_a_name_is_left_out_and_a_long_one_keeps_its_end(string name, string? shown) =>
        Assert.Equal(shown, EnsNames.OnCard(name));

    [Theory]
    [InlineData("", "0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("eth", "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae")]
    [InlineData("foo.eth", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f")]
    public void Names_become_words_as_the_standard_says(string name, string word) => Assert.Equal(Word.Parse(word), NameHash.Of(name));

    private static ChatOps.Core.Contracts.Chains.TouchingTransaction Airdrop(WatchedWorld watched, long block, Address token) =>
        watched.Chain.Makes(watched.Chain.Block(block), Attacker, token, Abi.Encode("airdrop()"), [Community], logs: Moved(token, Attacker, Community, 1_500_000));
}
