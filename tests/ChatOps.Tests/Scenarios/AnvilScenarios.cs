using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;
using static ChatOps.Tests.Scenarios.AnvilWorld;

namespace ChatOps.Tests.Scenarios;

/// <summary>What people are told of real contracts on a real chain.</summary>
public sealed class AnvilScenarios
{
    // LOG3 Transfer(caller, calldata[0]) with calldata[32]; nothing else: a token that nobody has heard of.
    private static readonly byte[] Bait = RealContracts.Deploying($"602035600052600035337f{WatchedAddresses.Transfer.ToString()[2..]}60206000a300");

    // The same log, and then calldata[32] calls of 0xdead with 200 kB of memory each: a trace of gigabytes for little gas.
    private static readonly byte[] Noisy = RealContracts.Deploying($"600035337f{WatchedAddresses.Transfer.ToString()[2..]}60206000a36020355b6000600062030d406000600061dead5af1506001900380602d5700");

    // SELFDESTRUCT to calldata[0].
    private static readonly byte[] Vanishing = RealContracts.Deploying("600035ff");

    [NeedsAnvil]
    public async Task An_ordinary_transfer_of_SNT_tells_nobody()
    {
        await using var chain = await Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();
        Assert.Contains($"SNT, MiniMe {snt}: controller {chain.Ana}; totalSupply 100 SNT; transfersEnabled yes", await chain.World.Hears());
        await chain.Call(chain.Carol, snt, Abi.Encode("transfer(address,uint256)", chain.Bob, 5 * Whole));
        await chain.World.HearsNothing();
        Assert.Contains($"SNT: transfer(to: {chain.Bob}, amount: 5 SNT)", await chain.World.Says("ana", "/watch tx T-1"));
    }

    [NeedsAnvil]
    public async Task Megabytes_of_calls_between_strangers_keep_nothing_from_being_told()
    {
        await using var chain = await Begin();
        var snt = await chain.DeploySnt();
        var noisy = await chain.Anvil.Deploy(chain.Mallory, Noisy);
        await chain.Start();
        await chain.World.HearsAll();
        var noise = await chain.Sends(chain.Mallory, noisy, [.. Word.Of(snt).ToBytes(), .. Word.Of((BigInteger)100).ToBytes()]);
        await chain.Anvil.Mine();
        await chain.Reads(TimeSpan.FromMinutes(1));
        var mint = await chain.SendsMint(snt);
        await chain.Anvil.Mine();
        await chain.Reads();
        await chain.World.HearsAll();
        Assert.Contains(await chain.Cards(), card => card.Text.Contains(mint.ToString(), StringComparison.Ordinal));
        Assert.Contains("of an unknown token", await chain.World.Says("ana", $"/watch tx {noise}"));
    }

    [NeedsAnvil]
    public async Task The_control_of_SNT_changes_hands_through_a_multisig_of_2017_and_its_placeholder()
    {
        await using var chain = await Begin();
        var snt = await chain.DeploySnt();
        var wallet = await chain.Anvil.Deploy(chain.Ana, RealContracts.MultiSig, Abi.EncodeArguments("(address[] owners, uint256 required, uint256 seconds)", new object[] { chain.Ana, chain.Bob }, 2, 0));
        var placeholder = await chain.Anvil.Deploy(chain.Ana, RealContracts.PlaceHolder(wallet, snt));
        await chain.Done(chain.Ana, snt, Abi.Encode("changeController(address)", placeholder));
        chain.Watch(wallet, "Community Multisig", "MultiSig");
        chain.Watch(placeholder, "SNT controller", "Contract", "Abi=SntController");
        await chain.Start();
        var first = await chain.World.Hears();
        Assert.Contains($"SNT, MiniMe {snt}: controller SNT controller", first);
        Assert.Contains($"required 2", first);

        var submit = await chain.Call(chain.Ana, wallet, Abi.Encode("submitTransaction(address,uint256,bytes)", placeholder, 0, Abi.Encode("changeController(address)", chain.Mallory)));
        var told = await chain.Told();
        Assert.StartsWith("T-1: proposes changeController on SNT controller by Community Multisig", told);
        Assert.Contains($"Community Multisig: submitTransaction → SNT controller: changeController(newController: {chain.Mallory})", told);
        Assert.Contains($"Signatures: proposal 0 of Community Multisig: signed by 1 of 2 ({chain.Ana})", told);
        Assert.Contains(submit.ToString(), told);
        await chain.Call(chain.Bob, wallet, Abi.Encode("confirmTransaction(uint256)", 0));
        told = await chain.Told();
        Assert.Contains($"Community Multisig: confirmTransaction(transactionId: 0) → SNT controller: changeController(newController: {chain.Mallory})", told);
        Assert.Contains($"Signatures: proposal 0 of Community Multisig: signed by 2 of 2 ({chain.Ana}, {chain.Bob})\n", told);
        await chain.Call(chain.Bob, wallet, Abi.Encode("executeTransaction(uint256)", 0));
        told = await chain.Told();
        Assert.Contains($"inside: SNT controller calls SNT: changeController(newController: {chain.Mallory})", told);
        Assert.Contains($"event: SNT controller: ControllerChanged(newController: {chain.Mallory})", told);
        Assert.Contains($"Changes: controller of SNT: SNT controller ({placeholder}) → {chain.Mallory}", told);
        Assert.Contains($"signed by 2 of 2 ({chain.Ana}, {chain.Bob}), carried out", told);
    }

    [NeedsAnvil]
    public async Task A_batch_of_a_Safe_is_told_call_by_call()
    {
        await using var chain = await Begin();
        var snt = await chain.DeploySnt();
        var singleton = await chain.Anvil.Deploy(chain.Ana, RealContracts.Safe);
        var safe = await chain.Anvil.Deploy(chain.Ana, RealContracts.SafeProxy, Abi.EncodeArguments("(address singleton)", singleton));
        var batches = await chain.Anvil.Deploy(chain.Ana, RealContracts.MultiSendCallOnly);
        await chain.Done(chain.Ana, safe, Abi.Encode("setup(address[],uint256,address,bytes,address,address,uint256,address)", new object[] { chain.Ana, chain.Bob }, 1, Address.Zero, Array.Empty<byte>(), Address.Zero, Address.Zero, 0, Address.Zero));
        await chain.Done(chain.Carol, snt, Abi.Encode("transfer(address,uint256)", safe, 50 * Whole));
        chain.Watch(safe, "Treasury", "Safe");
        await chain.Start();
        Assert.Contains("threshold 1", await chain.World.Hears());

        byte[] Entry(Address to, BigInteger amount)
        {
            var call = Abi.Encode("transfer(address,uint256)", to, amount);
            return [0, .. snt.ToBytes(), .. Word.Zero.ToBytes(), .. Word.Of((BigInteger)call.Length).ToBytes(), .. call];
        }

        // Whoever sends it signs by that alone: their address, and 1.
        byte[] signature = [.. Word.Of(chain.Ana).ToBytes(), .. Word.Zero.ToBytes(), 1];
        var batch = Abi.Encode("multiSend(bytes)", new object[] { (byte[])[.. Entry(chain.Bob, 10 * Whole), .. Entry(chain.Mallory, 40 * Whole)] });
        await chain.Call(chain.Ana, safe, Abi.Encode("execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", batches, 0, batch, 1, 0, 0, 0, Address.Zero, Address.Zero, signature));
        var told = await chain.Told();
        Assert.StartsWith("T-1: transfer on SNT by Treasury\n", told);
        Assert.Contains($"1. SNT: transfer(to: {chain.Bob}, amount: 10 SNT)\n2. SNT: transfer(to: {chain.Mallory}, amount: 40 SNT)\n", told);
        // Safe's own batching contract makes the calls that are listed and no more: that its code runs as the Safe is no reason, and what was listed is not said again as what happened inside.
        Assert.Contains("Abnormal: Treasury calls transfer on SNT; no rule calls that normal.", told);
        Assert.DoesNotContain("inside:", told);
    }

    [NeedsAnvil]
    public async Task A_proxy_that_gets_another_implementation_is_told_with_both()
    {
        await using var chain = await Begin();
        var one = await chain.Anvil.Deploy(chain.Ana, RealContracts.Safe);
        var other = await chain.Anvil.Deploy(chain.Ana, RealContracts.Safe);
        var proxy = await chain.Anvil.Deploy(chain.Ana, RealContracts.TransparentProxy, Abi.EncodeArguments("(address logic, address owner, bytes data)", one, chain.Ana, Abi.Encode("getThreshold()")));
        chain.Watch(proxy, "Vault", "Proxy");
        await chain.Start();
        Assert.Contains($"implementation {one}", await chain.World.Hears());
        var administrator = CreatedContract.AddressOf(proxy, 1);
        await chain.Call(chain.Ana, administrator, Abi.Encode("upgradeAndCall(address,address,bytes)", proxy, other, Array.Empty<byte>()));
        var told = await chain.Told();
        Assert.StartsWith("T-1: upgradeToAndCall on Vault\n", told);
        Assert.Contains($"inside: {administrator} calls Vault: upgradeToAndCall(newImplementation: {other}, data: 0x)\nevent: Vault: Upgraded(implementation: {other})\n", told);
        Assert.Contains($"Changes: implementation of Vault: {one} → {other}", told);
    }

    [NeedsAnvil]
    public async Task A_mint_that_nobody_may_do_fails_and_is_told()
    {
        await using var chain = await Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();
        await chain.World.HearsAll();
        var hash = await chain.SendsMint(snt);
        await chain.Anvil.Mine();
        await chain.Reads();
        Assert.StartsWith(
            $"""
            T-1: failed: generateTokens on SNT
            SNT: generateTokens(owner: {chain.Mallory}, amount: 1,000 SNT)
            Abnormal: Somebody tried generateTokens on SNT and it failed; no rule calls that normal.
            Transaction {hash} failed: it changed nothing
            """,
            await chain.Told());
    }

    [NeedsAnvil]
    public async Task A_token_that_nobody_knows_comes_to_a_wallet_and_is_to_be_looked_at()
    {
        await using var chain = await Begin();
        var bait = await chain.Anvil.Deploy(chain.Mallory, Bait);
        chain.Watch(chain.Bob, "Payroll", "Account");
        await chain.Start();
        await chain.World.HearsAll();
        await chain.Call(chain.Mallory, bait, [.. Word.Of(chain.Bob).ToBytes(), .. Word.Of((BigInteger)777).ToBytes()]);
        var told = await chain.Told();
        Assert.StartsWith("T-1: transfer of an unknown token on Payroll\n", told);
        Assert.Contains($"event: {bait}: Transfer(from: {chain.Mallory}, to: Payroll, amount: 777)\nTo review: A token that is not watched moved here", told);
        Assert.Contains("nobody was paged for it", told);
    }

    [NeedsAnvil]
    public async Task A_contract_that_destroys_itself_is_told_also_when_its_rest_comes_to_a_wallet_of_ours()
    {
        await using var chain = await Begin("--hardfork", "shanghai");
        var own = await chain.Anvil.Deploy(chain.Ana, Vanishing);
        var another = await chain.Anvil.Deploy(chain.Ana, Vanishing);
        chain.Watch(own, "Old vault", "Contract");
        chain.Watch(chain.Bob, "Payroll", "Account");
        await chain.Start("--Chains:0:Traces=true");
        await chain.World.HearsAll();
        await chain.Call(chain.Mallory, own, Word.Of(chain.Mallory).ToBytes());
        var told = await chain.Told();
        Assert.StartsWith("T-1: 0x00000000 on Old vault\n", told);
        Assert.Matches("Changes: code of Old vault: 0x[0-9a-f]+… → none: there is no contract", told);
        await chain.Call(chain.Mallory, another, Word.Of(chain.Bob).ToBytes(), 7);
        told = await chain.Told();
        Assert.StartsWith("T-2: a call inside on Payroll\n", told);
        Assert.Contains("selfdestruct() with 0.000000000000000007 ETH", told);
    }

    [NeedsAnvil]
    public async Task A_contract_that_appears_at_a_watched_address_is_told()
    {
        await using var chain = await Begin();
        chain.Watch(CreatedContract.AddressOf(chain.Carol, 0), "Reserved", "Contract");
        await chain.Start();
        await chain.World.HearsAll();
        await chain.Call(chain.Carol, null, Bait);
        var told = await chain.Told();
        Assert.StartsWith("T-1: creates a contract on Reserved\n", told);
        Assert.Matches("Changes: code of Reserved: none: there is no contract → 0x[0-9a-f]+…", told);
    }
}
