using System.Buffers.Binary;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>A function of a contract.</summary>
/// <param name="Name">Without its types.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it returns; empty where the ABI does not say.</param>
public sealed record AbiFunction(string Name, IReadOnlyList<AbiParameter> Inputs, IReadOnlyList<AbiParameter> Outputs)
{
    /// <summary>Such as changeController(address).</summary>
    public string Signature { get; } = $"{Name}({string.Join(',', Inputs.Select(input => input.Type.Name))})";

    /// <summary>0x and 8 digits.</summary>
    public string Selector => field ??= $"0x{Number:x8}";

    /// <summary>It changes nothing.</summary>
    public bool IsView { get; init; }

    /// <summary>Ether may go with it.</summary>
    public bool IsPayable { get; init; }

    /// <summary>Anybody calls it in normal use, for what is theirs: transfer, approve, register. Only bundled ABIs know.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The selector as a number.</summary>
    internal uint Number { get; } = SelectorOf($"{Name}({string.Join(',', Inputs.Select(input => input.Type.Name))})");

    /// <summary>
    /// Reads <c>changeController(address newController)</c>, with or without <c>function</c> before it and <c>public</c>, <c>view</c>, <c>payable</c> and
    /// <c>returns (…)</c> behind it. Throws <see cref="FormatException"/> with the reason.
    /// </summary>
    public static AbiFunction Parse(string text) => AbiText.Whole(text, Read);

    /// <summary>Calldata: the selector and the arguments. Throws <see cref="ArgumentException"/> where a value is not of its type.</summary>
    /// <param name="values">One an input: <see cref="AbiValue"/>, <see cref="Address"/>, <see cref="Word"/>, whole numbers, bool, string, bytes, lists of these. A list that is the only one goes in brackets: <c>[list]</c>.</param>
    public byte[] Encode(params IReadOnlyList<object> values)
    {
        var arguments = AbiWriter.Write(Inputs, values);
        var data = new byte[4 + arguments.Length];
        BinaryPrimitives.WriteUInt32BigEndian(data, Number);
        arguments.CopyTo(data, 4);
        return data;
    }

    /// <summary>What stands behind the selector.</summary>
    public AbiReading DecodeArguments(ReadOnlyMemory<byte> data, DecodingBudget? budget = null) => AbiReader.Read(Inputs, data, budget ?? new DecodingBudget());

    /// <summary>What a call returned.</summary>
    public AbiReading DecodeReturned(ReadOnlyMemory<byte> data) => AbiReader.Read(Outputs, data, new DecodingBudget());

    public override string ToString() => Signature;

    internal static uint SelectorOf(string signature) => BinaryPrimitives.ReadUInt32BigEndian(Keccak.Hash(signature).ToBytes());

    private static AbiFunction Read(ref AbiText text)
    {
        var name = text.Word();
        if (name == "function")
        {
            name = text.Word();
        }

        if (name.Length == 0)
            throw new FormatException("a function has a name");

        var function = new AbiFunction(name, text.Parameters(), []);
        while (text.Word() is { Length: > 0 } word)
        {
            function = word switch
            {
                "public" => function with { IsPublic = true },
                "view" => function with { IsView = true },
                "payable" => function with { IsPayable = true },
                "returns" => function with { Outputs = text.Parameters() },
                _ => throw new FormatException($"{word} is not known behind a function: public, view, payable and returns (…) are"),
            };
        }

        return function;
    }
}
