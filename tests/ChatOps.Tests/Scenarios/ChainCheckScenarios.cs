using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Scenarios;

/// <summary>What <c>chatops check</c> says of chains, asked as somebody asks it who sets one up.</summary>
public sealed class ChainCheckScenarios : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-chains");

    public void Dispose() => _folder.Delete(recursive: true);

    [NeedsAnvil]
    public async Task Each_endpoint_is_asked_and_what_is_wrong_with_one_is_said()
    {
        await using var anvil = await RealAnvil.Start();
        await using var node = await FaultyNode.Before(anvil.Answer);
        string[] settings = ["--Chains:0:Name=dev", $"--Chains:0:ChainId={RealAnvil.ChainId}", $"--Chains:0:RpcUrls:0={node.Url}"];

        await using var well = ProgramProcess.Start(_folder.FullName, ["check", .. settings, "--Chains:0:Traces=true"]);
        Assert.Equal(0, await well.Exit());
        Assert.Contains("Contracts: Nothing is watched yet", well.Out, StringComparison.Ordinal);
        Assert.Matches(@"Chain dev: 127\.0\.0\.1:\d+ is at block 0, .+ old, and traces\.", well.Out);

        await using var ill = ProgramProcess.Start(_folder.FullName, ["check", .. settings, "--Chains:0:ChainId=1", "--Chains:0:RpcUrls:1=http://127.0.0.1:1/secret-key"]);
        Assert.Equal(1, await ill.Exit());
        Assert.Contains("11 addresses are watched on dev", ill.Out, StringComparison.Ordinal);
        Assert.Contains(" is of chain 31337 and not of 1; correct Chains:…:RpcUrls or ChainId", ill.Out, StringComparison.Ordinal);
        Assert.Contains("Chain dev: 127.0.0.1:1 cannot be reached", ill.Out, StringComparison.Ordinal);
        Assert.Contains("2 things do not work", ill.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", ill.Out + ill.Errors, StringComparison.Ordinal);
    }
}
