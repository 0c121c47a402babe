using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Safe's batching contracts, which a Safe runs with its own rights: they make the calls that are listed and nothing else. Their code is from Safe's own list of
/// deployments (npm @safe-global/safe-deployments).
/// </summary>
internal static class SafeBatches
{
    /// <summary>Whether Safe itself put such a contract there.</summary>
    public static bool IsKnown(Address address) => SafeDeployments.Find(address) is { Contract: "MultiSend" or "MultiSendCallOnly" };

    /// <summary>Of MultiSendCallOnly, wherever it is deployed: unlike MultiSend its code does not hold its own address.</summary>
    public static IReadOnlySet<Word> CodeHashes { get; } = new HashSet<Word>
    {
        Word.Parse("0xa9865ac2d9c7a1591619b188c4d88167b50df6cc0c5327fcbd1c8c75f7c066ad"), // 1.3.0
        Word.Parse("0xecd5bd14a08c5d2122379900b2f272bdf107a7e92423c10dd5fe3254386c9939"), // 1.4.1
        Word.Parse("0xcdbdcec38d2f1c7d961b0029ff8416b7e86e9974d6f0e9c9580c7d17fcfb6663"), // 1.5.0
    };
}
