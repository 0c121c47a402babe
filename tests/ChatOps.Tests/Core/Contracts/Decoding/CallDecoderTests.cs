using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using FsCheck.Xunit;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class CallDecoderTests
{
    private readonly World _world = new();

    [Fact]
    public void A_proposal_in_the_wallet_of_2017_shows_what_it_will_call()
    {
        var call = _world.Decoder.Decode(World.Community, 0, World.Submit(World.Controller, World.ChangeController(World.Stranger)));
        Assert.Equal(["submitTransaction", "changeController"], call.All.Select(each => each.Name));
        Assert.Equal(new AbiValue.Account(World.Stranger), call.Inner[0].Arguments[0].Value);
        Assert.Empty(call.All.SelectMany(each => each.Oddities));
        Assert.Equal($"Community Multisig: submitTransaction → SNT controller: changeController(newController: {World.Stranger})", _world.Words.Of(call));
    }

    [Fact]
    public void Confirming_by_number_shows_what_was_proposed_through_both_wallets()
    {
        _world.Proposals[(World.Community, 7)] = new(World.Controller, 0, World.ChangeController(World.Stranger));
        _world.Proposals[(World.Research, 3)] = new(World.Community, 0, Abi.Encode("confirmTransaction(uint256)", 7));
        var call = _world.Decode(World.Research, "confirmTransaction(uint256)", 3);
        Assert.Equal(["confirmTransaction", "confirmTransaction", "changeController"], call.All.Select(each => each.Name));
        Assert.Equal(
            $"R&D Multisig: confirmTransaction(transactionId: 3) → Community Multisig: confirmTransaction(transactionId: 7) → SNT controller: changeController(newController: {World.Stranger})",
            _world.Words.Of(call));
    }

    [Theory]
    [InlineData("confirmTransaction(uint256)")]
    [InlineData("executeTransaction(uint256)")]
    [InlineData("revokeConfirmation(uint256)")]
    public void A_number_that_was_never_seen_is_told(string function) =>
        Assert.Equal(OddityKind.UnknownProposal, Assert.Single(_world.Decode(World.Community, function, 9).Oddities).Kind);

    [Fact]
    public void A_batch_of_a_safe_shows_each_call_and_that_it_runs_as_the_safe()
    {
        var transfer = Abi.Encode("transfer(address,uint256)", World.Stranger, new BigInteger(1.5e18));
        var batch = World.Batch(World.Entry(0, World.Snt, 0, transfer), World.Entry(0, World.Stranger, BigInteger.Pow(10, 18), []), World.Entry(1, World.Stranger, 0, [1, 2, 3, 4]));
        var call = _world.Decoder.Decode(World.Safe, 0, World.ExecTransaction(World.MultiSend, batch, 1));
        Assert.Equal(["execTransaction", "multiSend", "transfer", null, null], call.All.Select(each => each.Name));
        Assert.Equal([false, true, false, false, true], call.All.Select(each => each.IsDelegate));
        Assert.Equal([OddityKind.DelegateCall, OddityKind.DelegateCall, OddityKind.Unknown], call.All.SelectMany(each => each.Oddities).Select(oddity => oddity.Kind));
        Assert.Equal(
            $"Treasury Safe: execTransaction → delegatecall to MultiSend: multiSend → 3 calls: SNT: transfer(to: {World.Stranger}, amount: 1.5 SNT); 1 ETH to {World.Stranger}; delegatecall to {World.Stranger}: unknown function 0x01020304",
            _world.Words.Of(call));
    }

    [Fact]
    public void A_batch_that_does_not_end_with_an_entry_is_told_and_what_is_whole_is_read()
    {
        var entry = World.Entry(0, World.Snt, 0, []);
        foreach (var tail in new byte[][] { [0], entry[..84], [.. entry[..53], .. Enumerable.Repeat((byte)0xff, 32)], [.. entry[..84], 1] })
        {
            var call = _world.Decoder.Decode(World.MultiSend, 0, World.Batch(entry, tail));
            Assert.Equal(OddityKind.Undecodable, Assert.Single(call.Oddities).Kind);
            Assert.Single(call.Inner);
        }

        Assert.Equal(OddityKind.Undecodable, Assert.Single(_world.Decoder.Decode(World.MultiSend, 0, World.Batch(World.Entry(2, World.Snt, 0, []))).Oddities).Kind);
        Assert.Equal(OddityKind.NotCanonical, Assert.Single(_world.Decoder.Decode(World.MultiSend, 0, World.Batch(World.Entry(0, Address.Zero, 0, []))).Oddities).Kind);
    }

    [Fact]
    public void Timelocks_upgrades_and_approvals_show_what_they_carry()
    {
        var change = World.ChangeController(World.Stranger);
        object[] targets = [World.Controller, World.Snt];
        Assert.Equal(["schedule", "changeController"], _world.Decode(World.Timelock, "schedule(address,uint256,bytes,bytes32,bytes32,uint256)", World.Controller, 0, change, Word.Zero, Word.Zero, 5).All.Select(each => each.Name));
        Assert.Equal(["execute", "changeController"], _world.Decode(World.Timelock, "execute(address,uint256,bytes,bytes32,bytes32)", World.Controller, 0, change, Word.Zero, Word.Zero).All.Select(each => each.Name));
        Assert.Equal(
            ["scheduleBatch", "changeController", "changeController"],
            _world.Decode(World.Timelock, "scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)", targets, new object[] { 0, 0 }, new object[] { change, change }, Word.Zero, Word.Zero, 5).All.Select(each => each.Name));
        Assert.Equal(
            OddityKind.Undecodable,
            Assert.Single(_world.Decode(World.Timelock, "executeBatch(address[],uint256[],bytes[],bytes32,bytes32)", targets, new object[] { 0 }, new object[] { change }, Word.Zero, Word.Zero).Oddities).Kind);

        var upgrade = _world.Decode(World.Proxy, "upgradeToAndCall(address,bytes)", World.Controller, change);
        Assert.True(Assert.Single(upgrade.Inner).IsDelegate);
        Assert.Empty(_world.Decode(World.Proxy, "upgradeToAndCall(address,bytes)", World.Controller, Array.Empty<byte>()).Inner);

        var register = Abi.Encode("register(bytes32,address,bytes32,bytes32)", Word.Zero, World.Stranger, Word.Zero, Word.Zero);
        var approval = _world.Decode(World.Snt, "approveAndCall(address,uint256,bytes)", World.Registrar, BigInteger.Pow(10, 19), register);
        Assert.Equal(["approveAndCall", "register"], approval.All.Select(each => each.Name));
        Assert.StartsWith("SNT: approveAndCall(spender: Registrar, amount: 10 SNT, extraData: 0xb82fedbb00000000… (132 bytes)) → Registrar: register(", _world.Words.Of(approval), StringComparison.Ordinal);
    }

    [Fact]
    public void No_calldata_is_a_transfer_and_code_is_a_creation()
    {
        var plain = _world.Decoder.Decode(World.Community, BigInteger.Pow(10, 17), ReadOnlyMemory<byte>.Empty);
        Assert.Equal((null, null), (plain.Function, plain.Selector));
        Assert.Empty(plain.Oddities);
        Assert.Equal("0.1 ETH to Community Multisig", _world.Words.Of(plain));
        var creation = _world.Decoder.Decode(new ChainTransaction(Word.Zero, 0, World.Stranger, null, 0, new byte[] { 0x60, 0x80, 0x60, 0x40, 0x52 }, 0));
        Assert.Empty(creation.Oddities);
        Assert.Equal("a new contract", _world.Words.Of(creation));
    }

    [Fact]
    public void A_function_is_never_taken_from_another_contract_but_it_is_named_as_a_guess()
    {
        var call = _world.Decode(World.Stranger, "transfer(address,uint256)", World.Snt, 1);
        Assert.Equal((null, "0xa9059cbb"), (call.Function, call.Selector));
        var oddity = Assert.Single(call.Oddities);
        Assert.Equal(OddityKind.Unknown, oddity.Kind);
        Assert.Contains("it would be transfer(address,uint256) of Erc20", oddity.Words, StringComparison.Ordinal);
        Assert.Equal(OddityKind.Undecodable, Assert.Single(_world.Decoder.Decode(World.Snt, 0, new byte[] { 1, 2, 3 }).Oddities).Kind);
        Assert.Equal(OddityKind.Undecodable, Assert.Single(_world.Decoder.Decode(World.Snt, 0, Abi.Encode("transfer(address,uint256)", World.Snt, 1).AsMemory(0, 67)).Oddities).Kind);
    }

    [Fact]
    public void A_proposal_that_confirms_itself_ends()
    {
        _world.Proposals[(World.Community, 1)] = new(World.Community, 0, Abi.Encode("confirmTransaction(uint256)", 1));
        var call = _world.Decode(World.Community, "confirmTransaction(uint256)", 1);
        Assert.Equal(CallDecoder.MaxDepth, call.All.Count());
        Assert.Equal(OddityKind.TooLarge, Assert.Single(call.All.SelectMany(each => each.Oddities)).Kind);
    }

    [Fact]
    public void A_proposal_that_multiplies_itself_ends()
    {
        _world.Proposals[(World.Community, 1)] = new(World.MultiSend, 0, World.Batch([.. Enumerable.Repeat(World.Entry(0, World.Community, 0, Abi.Encode("confirmTransaction(uint256)", 1)), 100)]));
        var call = _world.Decode(World.Community, "confirmTransaction(uint256)", 1);
        Assert.Equal(CallDecoder.MaxCalls, call.All.Count());
        Assert.Contains(call.All.SelectMany(each => each.Oddities), oddity => oddity.Kind == OddityKind.TooLarge);
        Assert.InRange(_world.Words.Of(call).Length, 1, CallWords.Most);
    }

    [Property(MaxTest = 500)]
    public void Random_calldata_in_any_carrier_is_read_without_an_exception(byte[] bytes, byte[] more, int which)
    {
        var everything = new CallDecoder(_ => [.. BundledAbis.All], (_, _) => new(World.Snt, 0, bytes));
        var functions = BundledAbis.All.SelectMany(abi => abi.Functions).ToList();
        var function = functions[(which & int.MaxValue) % functions.Count];
        byte[] data = [.. Convert.FromHexString(function.Selector[2..]), .. bytes, .. new byte[96], .. more];
        var call = everything.Decode(World.Community, 0, World.Submit(World.MultiSend, World.Batch(World.Entry(0, World.Snt, 0, data), more)));
        Assert.InRange(_world.Words.Of(call).Length, 1, CallWords.Most);
        Assert.Equal("multiSend", call.Inner[0].Name);
    }
}
