using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Settings;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace ChatOps.Tests.Core.Chains;

public sealed class ChainTests
{
    [Theory]
    [InlineData(0, "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d")]
    [InlineData(1, "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8")]
    public void A_created_contract_stands_where_its_creator_and_nonce_put_it(long nonce, string address) =>
        Assert.Equal(Address.Parse(address), CreatedContract.AddressOf(Address.Parse("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"), nonce));

    [Fact]
    public void What_was_open_at_a_height_that_is_another_block_now_goes()
    {
        var (a, b, other) = (Block(5, "a"), Block(6, "b"), Block(5, "other"));
        var cursor = ChainCursor.StartingAt("test", 5).Opening([a, b], [a, b]);
        Assert.Equal([a, b], cursor.Open);
        Assert.Empty(cursor.Gone);
        cursor = cursor.Opening([other], [other]);
        Assert.Equal([a], cursor.Gone);
        Assert.Equal([other, b], cursor.Open);
        cursor = cursor.Past([other]);
        Assert.Equal((6, 1, 0), (cursor.Next, cursor.Open.Count, cursor.Gone.Count));
    }

    [Fact]
    public void Turning_back_takes_back_what_was_read_and_what_may_have_been()
    {
        var blocks = Enumerable.Range(0, 150).Select(number => Block(number, $"{number}")).ToList();
        var cursor = ChainCursor.StartingAt("test", 0).Past(blocks);
        Assert.Equal(blocks.TakeLast(ChainCursor.Depth), cursor.Blocks);
        var open = Block(150, "open");
        var back = cursor.Opening([open], [open]).BackTo(blocks[145]);
        Assert.Equal(146, back.Next);
        Assert.Equal(blocks[145], back.Tip);
        Assert.Equal([.. blocks[146..], open], back.Gone);
        Assert.Empty(back.Open);
        Assert.Equal(50, cursor.StartingOver(90).Next);
        Assert.Equal(20, cursor.StartingOver(20).Next);
        Assert.Equal(30, (cursor with { First = 30 }).StartingOver(20).Next);
    }

    [Fact]
    public void Nothing_is_remembered_as_final_that_was_not_read()
    {
        var cursor = ChainCursor.StartingAt("test", 0).Past([.. Enumerable.Range(0, 150).Select(number => Block(number, $"{number}"))]);
        Assert.Equal(90, cursor.Settling(90).Settled);
        Assert.Equal(90, cursor.Settling(90).Settling(50).Settled);
        Assert.Equal(149 - ChainCursor.NeverFinal, cursor.Settling(1L << 62).Settled);
        Assert.Equal(149 - ChainCursor.NeverFinal, (cursor with { Settled = 1L << 62 }).Settling(90).Settled);
    }

    [Fact]
    public void What_comes_soon_after_all_was_read_is_new_whatever_it_is_dated()
    {
        var now = Instant.FromUtc(2026, 11, 23, 10, 0);
        var (fresh, old) = (Block(1, "a") with { At = now - Duration.FromMinutes(5) }, Block(1, "a") with { At = Instant.FromUtc(1990, 1, 1, 0, 0) });
        Assert.False(ChainCursor.IsOld(fresh, now, null));
        Assert.True(ChainCursor.IsOld(old, now, null));
        Assert.False(ChainCursor.IsOld(old, now, now - Duration.FromMinutes(10)));
        Assert.True(ChainCursor.IsOld(old, now, now - Duration.FromHours(2)));
    }

    [Fact]
    public void Settings_say_all_that_is_wrong_with_them()
    {
        var (chains, faults) = Read(
            ("Chains:0:Name", "main net"), ("Chains:0:RpcUrls:0", "wss://example.org"), ("Chains:0:PollInterval", "0"), ("Chains:0:Confirmation", "1"),
            ("Chains:1:Name", "b"), ("Chains:1:ChainId", "1"), ("Chains:1:RpcUrls:0", "http://example.org/secret"), ("Chains:2:Name", "B"), ("Chains:2:ChainId", "x"), ("Chains:2:RpcUrls", "http://a/1,http://a/2"));
        Assert.Equal(
            [
                "Chains:0:Confirmation: there is no such setting; there are Name, ChainId, RpcUrls, Confirmations, StartBlock, PollInterval, Traces, LagAlarm.",
                "Chains:0:Name: \"main net\" is not a chain's name: at most 40 letters, digits, - and _.",
                "Chains:0:ChainId: it is missing; 1 is Ethereum's.",
                "Chains:0:PollInterval: it is shorter than 100 ms.",
                "Chains:0:RpcUrls: one of them is not a web address: write it as https://host/path; web sockets are not used.",
                "Chains:0:RpcUrls: none is given; name at least one JSON-RPC endpoint, better two of different providers.",
                "Chains:2:ChainId: \"x\" is not a number from 1 to 2147483647.",
                "Chains: two are called \"b\".",
            ],
            faults);
        Assert.Equal(["example.org"], chains[1].Endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal(["a (1)", "a (2)"], chains[2].Endpoints.Select(endpoint => endpoint.Name));
    }

    [Fact]
    public void Without_any_there_is_nothing_to_follow()
    {
        var (chains, faults) = Read();
        Assert.Empty(chains);
        Assert.Empty(faults);
    }

    private static (IReadOnlyList<ChainSettings> Chains, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] settings)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))).Build());
        return (ChainSettings.ReadAll(reader), reader.Faults);
    }

    private static BlockRef Block(long number, string name) => new(number, Keccak.Hash(name), Word.Zero, Instant.FromUnixTimeSeconds(number));
}
