namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Safe's batching contracts, which a Safe runs with its own rights: they make the calls that are listed and nothing else. Addresses and code from Safe's own list of
/// deployments (npm @safe-global/safe-deployments).
/// </summary>
internal static class SafeBatches
{
    public static IReadOnlySet<Address> Known { get; } = new HashSet<Address>
    {
        Address.Parse("0x8D29bE29923b68abfDD21e541b9374737B49cdAD"), // MultiSend 1.1.1
        Address.Parse("0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761"), // MultiSend 1.3.0
        Address.Parse("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D"), // MultiSendCallOnly 1.3.0
        Address.Parse("0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526"), // MultiSend 1.4.1
        Address.Parse("0x9641d764fc13c8B624c04430C7356C1C7C8102e2"), // MultiSendCallOnly 1.4.1
        Address.Parse("0x218543288004CD07832472D464648173c77D7eB7"), // MultiSend 1.5.0
        Address.Parse("0xA83c336B20401Af773B6219BA5027174338D1836"), // MultiSendCallOnly 1.5.0
    };

    /// <summary>Of MultiSendCallOnly, wherever it is deployed: unlike MultiSend its code does not hold its own address.</summary>
    public static IReadOnlySet<Word> CodeHashes { get; } = new HashSet<Word>
    {
        Word.Parse("0xa9865ac2d9c7a1591619b188c4d88167b50df6cc0c5327fcbd1c8c75f7c066ad"), // 1.3.0
        Word.Parse("0xecd5bd14a08c5d2122379900b2f272bdf107a7e92423c10dd5fe3254386c9939"), // 1.4.1
        Word.Parse("0xcdbdcec38d2f1c7d961b0029ff8416b7e86e9974d6f0e9c9580c7d17fcfb6663"), // 1.5.0
    };
}
