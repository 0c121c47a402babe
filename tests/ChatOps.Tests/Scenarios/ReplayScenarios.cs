using ChatOps.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Scenarios;

/// <summary>What rules would have said over a stretch of a real chain, while the bot runs.</summary>
public sealed class ReplayScenarios : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [NeedsAnvil]
    public async Task A_stretch_of_a_chain_is_judged_from_its_endpoints_while_the_bot_runs_and_nothing_is_stored()
    {
        await using var chain = await AnvilWorld.Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();
        await chain.World.HearsAll();
        Assert.StartsWith("Rule \"mints\" is made", await chain.World.Says("ana", "/watch rule add Name=mints; Watch=SNT; Function=generateTokens; Status=failed; Verdict=review"));
        var before = await chain.Call(chain.Carol, snt, Abi.Encode("transfer(address,uint256)", chain.Bob, 5));
        await chain.SendsMint(snt);
        await chain.Anvil.Mine();
        await chain.Reads();
        var told = await chain.Told();
        var last = Convert.ToInt64((await chain.Anvil.Call("eth_blockNumber"))!.GetValue<string>(), 16);

        // The rule that was made in chat is known, though the bot has its file.
        var (code, output, errors) = await Replay(chain, "--from", $"{last - 1}", "--to", $"{last}");
        Assert.Equal((0, ""), (code, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches($"^block {last - 1} .* normal transfer on SNT: rule \"token used by its holder\" {before}$", lines[0].TrimEnd());
        Assert.Matches($"^block {last} .* review failed generateTokens on SNT: rule \"mints\" 0x", lines[1]);
        Assert.Equal($"Blocks {last - 1} to {last} of main: 2 transactions: 0 abnormal, 1 review, 1 normal.", lines[2].TrimEnd());

        // By the time, from the beginning of the chain, with a rule in front.
        (code, output, errors) = await Replay(chain, "--from", "2026-11-23", "--rule", "Watch=SNT; Function=transfer; Verdict=abnormal");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"abnormal transfer on SNT: rule \"", output);
        Assert.Contains($"Blocks 0 to {last} of main: ", output);
        await chain.World.HearsNothing();
        Assert.Single(await chain.Cards());
        Assert.Contains("review", told, StringComparison.OrdinalIgnoreCase);
    }

    [NeedsAnvil]
    public async Task What_cannot_be_replayed_is_said()
    {
        await using var chain = await AnvilWorld.Begin();
        await chain.DeploySnt();
        await chain.Start();
        await chain.World.HearsAll();
        Assert.Equal((2, "", "--chain: there is no chain \"moon\"; there is main."), Trimmed(await Replay(chain, "--from", "1", "--chain", "moon")));
        var (code, _, errors) = Trimmed(await Replay(chain, "--from", "2030-01-01"));
        Assert.Equal(2, code);
        Assert.StartsWith("--from, --to: there is no block between them; the newest is ", errors);
    }

    private static (int Code, string Output, string Errors) Trimmed((int Code, string Output, string Errors) said) => (said.Code, said.Output.Trim(), said.Errors.Trim());

    private async Task<(int Code, string Output, string Errors)> Replay(AnvilWorld chain, params string[] args)
    {
        string[] named = args.Contains("--chain") ? [] : ["--chain", "main"];
        await using var program = ProgramProcess.Start(_folder.FullName, ["watch", "replay", .. named, .. args, $"--Storage:ConnectionString=Filename={chain.World.DataFile}", .. chain.Settings]);
        return (await program.Exit(), program.Out, program.Errors);
    }
}
