namespace ChatOps.Core.Contracts.Decoding;

/// <summary>An event of a contract, not an anonymous one.</summary>
/// <param name="Name">Without its types.</param>
/// <param name="Inputs">Indexed ones and others, as the ABI has them.</param>
public sealed record AbiEvent(string Name, IReadOnlyList<AbiParameter> Inputs)
{
    /// <summary>Such as Transfer(address,address,uint256).</summary>
    public string Signature { get; } = $"{Name}({string.Join(',', Inputs.Select(input => input.Type.Name))})";

    /// <summary>The first topic of its logs.</summary>
    public Word Topic { get; } = Keccak.Hash($"{Name}({string.Join(',', Inputs.Select(input => input.Type.Name))})");

    /// <summary>Topics behind the first.</summary>
    internal int Indexed { get; } = Inputs.Count(input => input.IsIndexed);

    /// <summary>Reads <c>Transfer(address indexed from, address indexed to, uint256 value)</c>, with or without <c>event</c> before it. Throws <see cref="FormatException"/>.</summary>
    public static AbiEvent Parse(string text) => AbiText.Whole(text, Read);

    /// <summary>The arguments in the order of the ABI; an indexed text, bytes, list or tuple is only there as its hash.</summary>
    /// <param name="topics">All of them, the event's own first.</param>
    /// <param name="data">What is not indexed.</param>
    /// <param name="budget">How much may be read.</param>
    public AbiReading Decode(IReadOnlyList<Word> topics, ReadOnlyMemory<byte> data, DecodingBudget? budget = null)
    {
        budget ??= new DecodingBudget();
        if (topics.Count != Indexed + 1)
            return new([], [new(OddityKind.Undecodable, $"{Signature} has {Indexed + 1} topics in the ABI and {topics.Count} in the log")]);

        var rest = AbiReader.Read([.. Inputs.Where(input => !input.IsIndexed)], data, budget);
        if (rest.Oddities.Any(oddity => oddity.Kind is not (OddityKind.NotCanonical or OddityKind.Trailing)))
            return rest;

        List<DecodedArgument> arguments = [];
        List<Oddity> oddities = [.. rest.Oddities];
        var (topic, other) = (1, 0);
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (!Inputs[i].IsIndexed)
            {
                // Its place among all of them is another than among those that are not indexed.
                arguments.Add(Inputs[i].Name.Length > 0 ? rest.Arguments[other] : rest.Arguments[other] with { Name = $"{i}" });
                other++;
                continue;
            }

            var type = Inputs[i].Type;
            var word = topics[topic++].ToBytes();
            var read = type.IsValue ? AbiReader.Read([Inputs[i]], word, budget) : new([new("", type.Name, new AbiValue.Bytes(word))], []);
            oddities.AddRange(read.Oddities);
            if (read.Arguments is not [var argument])
                return new([], oddities);

            arguments.Add(argument with { Name = AbiReader.NameOf(Inputs[i], i) });
        }

        return new(arguments, oddities);
    }

    public override string ToString() => Signature;

    private static AbiEvent Read(ref AbiText text)
    {
        var name = text.Word();
        if (name == "event")
        {
            name = text.Word();
        }

        if (name.Length == 0)
            throw new FormatException("an event has a name");

        var found = new AbiEvent(name, text.Parameters());
        return found.Indexed > 3 ? throw new FormatException($"{found.Signature} has more than three indexed parameters") : found;
    }
}
