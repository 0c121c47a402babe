namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// The ABIs that come with the program, one a kind of contract: Token, MiniMe, MultiSig, Safe, Registrar, Proxy, Contract, Account, and the parts that they are
/// made of and that settings may name.
/// </summary>
public static class BundledAbis
{
    private static readonly Lazy<IReadOnlyDictionary<string, ContractAbi>> ByName = new(Load);

    private static readonly Lazy<ILookup<uint, (ContractAbi Abi, AbiFunction Function)>> BySelector =
        new(() => All.SelectMany(abi => abi.Functions.Select(function => (Abi: abi, Function: function))).ToLookup(found => found.Function.Number));

    private static readonly Lazy<ILookup<Word, AbiEvent>> ByTopic =
        new(() => All.SelectMany(abi => abi.Events).DistinctBy(found => (found.Signature, found.Indexed)).ToLookup(found => found.Topic));

    public static IEnumerable<ContractAbi> All => ByName.Value.Values;

    /// <param name="name">In any letter case.</param>
    public static ContractAbi? Find(string name) => ByName.Value.GetValueOrDefault(name);

    /// <summary>Functions with this selector wherever they are bundled, for a hint: four bytes prove nothing.</summary>
    internal static IEnumerable<(ContractAbi Abi, AbiFunction Function)> WithSelector(uint selector) => BySelector.Value[selector];

    /// <summary>Events with this topic wherever they are bundled: 32 bytes of hash prove the name and the types.</summary>
    internal static IEnumerable<AbiEvent> WithTopic(Word topic) => ByTopic.Value[topic];

    private static Dictionary<string, ContractAbi> Load()
    {
        var assembly = typeof(BundledAbis).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".abi", StringComparison.Ordinal))
            .ToDictionary(name => name.Split('.')[^2], name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            });
        return files.Keys.ToDictionary(name => name, name => AbiFile.Read(name, files), StringComparer.OrdinalIgnoreCase);
    }
}
