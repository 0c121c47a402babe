using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class EventTests
{
    private const string Transfer = "Transfer(address,address,uint256)";

    private readonly World _world = new();

    [Fact]
    public void What_is_indexed_tells_a_fungible_transfer_from_one_of_a_kind()
    {
        Word[] parties = [Word.Of(World.Stranger), Word.Of(World.Safe)];
        var events = _world.Decoder.DecodeLogs([
            World.Log(World.Snt, Transfer, parties, "(uint256)", 5),
            World.Log(World.Stranger, Transfer, [.. parties, Word.Of(9)]),
            World.Log(World.Stranger, Transfer, [], "(address,address,uint256)", World.Snt, World.Safe, 5),
        ]);
        Assert.Equal(["from", "to", "amount"], events[0].Arguments.Select(argument => argument.Name));
        Assert.Equal(["from", "to", "tokenId"], events[1].Arguments.Select(argument => argument.Name));
        Assert.Equal(new AbiValue.Number(9), events[1].Arguments[2].Value);
        Assert.Equal(OddityKind.Undecodable, Assert.Single(events[2].Oddities).Kind);
        Assert.Equal($"SNT: Transfer(from: {World.Stranger}, to: Treasury Safe, amount: 0.000000000000000005 SNT)", _world.Words.Of(events[0]));
    }

    [Fact]
    public void What_is_indexed_and_long_is_only_there_as_its_hash()
    {
        var named = AbiEvent.Parse("Named(string indexed name, uint256, uint8[] indexed kinds, bytes data)");
        var hash = Keccak.Hash("alice");
        var reading = named.Decode([named.Topic, hash, hash], Abi.EncodeArguments("(uint256,bytes)", 4, new byte[] { 1 }));
        Assert.Equal([("name", "string"), ("1", "uint256"), ("kinds", "uint8[]"), ("data", "bytes")], reading.Arguments.Select(argument => (argument.Name, argument.Type)));
        Assert.Equal(new AbiValue.Bytes(hash.ToBytes()), reading.Arguments[0].Value);
        Assert.Equal(new AbiValue.Number(4), reading.Arguments[1].Value);
        Assert.Empty(reading.Oddities);
    }

    [Fact]
    public void Safes_of_all_versions_are_understood()
    {
        var (removed, signature) = (Word.Of(World.Stranger), "RemovedOwner(address)");
        var events = _world.Decoder.DecodeLogs([World.Log(World.Safe, signature, [removed]), World.Log(World.Safe, signature, [], "(address)", World.Stranger)]);
        Assert.All(events, found => Assert.Equal(("owner", (AbiValue)new AbiValue.Account(World.Stranger)), (found.Arguments[0].Name, found.Arguments[0].Value)));
    }

    [Fact]
    public void What_nobody_knows_or_what_does_not_fit_is_told()
    {
        var events = _world.Decoder.DecodeLogs([
            new ChainLog(World.Snt, [], new byte[32], 0),
            World.Log(World.Snt, "Secret()", []),
            World.Log(World.Snt, Transfer, [Word.Of(-1 + System.Numerics.BigInteger.Pow(2, 256)), Word.Zero], "(uint256)", 1),
            World.Log(World.Snt, Transfer, [Word.Zero, Word.Zero]),
        ]);
        Assert.Equal(
            [OddityKind.Unknown, OddityKind.Unknown, OddityKind.NotCanonical, OddityKind.Undecodable],
            events.Select(found => Assert.Single(found.Oddities).Kind));
        Assert.Equal([null, null, Transfer, Transfer], events.Select(found => found.Event));
    }
}
