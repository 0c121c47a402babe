namespace ChatOps.Core.Contracts.Decoding;

/// <summary>The contracts that Safe itself put on mainnet. What a Safe proxy names as its implementation, or runs as its own code, is one of these or a reason to look.</summary>
public static class SafeDeployments
{
    private static readonly Lazy<IReadOnlyDictionary<Address, SafeDeployment>> ByAddress = new(Load);

    /// <summary>Null: nothing of theirs. Asked of another chain it is a guess.</summary>
    public static SafeDeployment? Find(Address address) => ByAddress.Value.GetValueOrDefault(address);

    private static Dictionary<Address, SafeDeployment> Load()
    {
        var assembly = typeof(SafeDeployments).Assembly;
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(".safe-deployments.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith("0x", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => Address.Parse(words[0]), words => new SafeDeployment(words[1], words[2], BundledAbis.Find(words[3])));
    }
}

/// <param name="Contract">As Safe calls it: GnosisSafeL2, MultiSendCallOnly.</param>
/// <param name="Version">Such as 1.4.1.</param>
/// <param name="Abi">Null: none is bundled.</param>
public sealed record SafeDeployment(string Contract, string Version, ContractAbi? Abi);
