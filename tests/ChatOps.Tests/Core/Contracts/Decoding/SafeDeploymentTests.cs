using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class SafeDeploymentTests
{
    [Fact]
    public void The_contracts_of_safe_are_known_with_version_and_abi()
    {
        var found = SafeDeployments.Find(World.MultiSend)!;
        Assert.Equal(("MultiSend", "1.3.0", "MultiSend"), (found.Contract, found.Version, found.Abi!.Name));
        Assert.Null(SafeDeployments.Find(World.Stranger));
    }
}
