namespace ChatOps.Core.Contracts.Decoding;

/// <summary>A type of the contract ABI. https://docs.soliditylang.org/en/latest/abi-spec.html says how each is encoded.</summary>
public abstract class AbiType
{
    /// <summary>How deep arrays and tuples may stand in one another. Real ones stop at three or four; a reader that follows them must not run out of stack.</summary>
    internal const int MaxDepth = 16;

    /// <summary>How many words or values a type may take before any calldata is seen: uint256[99999999] is a way to exhaust memory and not a type.</summary>
    internal const int MaxWeight = 32_768;

    private AbiType(string name, bool isDynamic, long headSize, long weight)
    {
        if (headSize > MaxWeight * Word.Length || weight > MaxWeight)
            throw new FormatException($"{(name.Length > 60 ? name[..60] + "…" : name)} takes more than {MaxWeight} words");

        (Name, IsDynamic, HeadSize, Weight) = (name, isDynamic, (int)headSize, (int)weight);
    }

    /// <summary>As signatures have it: uint256, address[2][], (address,uint256).</summary>
    public string Name { get; }

    /// <summary>It stands behind the others, and an offset in its place says where.</summary>
    public bool IsDynamic { get; }

    /// <summary>Bytes that it takes among its neighbours: all of it, or its offset.</summary>
    public int HeadSize { get; }

    /// <summary>An indexed parameter of this type is itself in its topic; of any other only the hash is there.</summary>
    public bool IsValue => this is Number or Account or Truth or FixedBytes;

    /// <summary>How many values it has at least.</summary>
    internal int Weight { get; }

    /// <summary>Throws <see cref="FormatException"/> with the reason.</summary>
    /// <param name="text">Such as uint, address[], bytes4[2], (address to, uint256 value)[].</param>
    public static AbiType Parse(string text) => AbiText.Whole(text, (ref AbiText reader) => reader.Type());

    public sealed override string ToString() => Name;

    private static long HeadOf(IReadOnlyList<AbiParameter> parts) => parts.Sum(part => (long)part.Type.HeadSize);

    /// <summary>uintN and intN; N is 8, 16, … 256.</summary>
    public sealed class Number(int bits, bool isSigned) : AbiType($"{(isSigned ? "int" : "uint")}{bits}", false, Word.Length, 1)
    {
        public int Size { get; } = bits / 8;

        public bool IsSigned { get; } = isSigned;
    }

    public sealed class Account() : AbiType("address", false, Word.Length, 1);

    public sealed class Truth() : AbiType("bool", false, Word.Length, 1);

    /// <summary>bytes1 to bytes32, and function, which is an address and a selector.</summary>
    public sealed class FixedBytes(int size, string? name = null) : AbiType(name ?? $"bytes{size}", false, Word.Length, 1)
    {
        public int Size { get; } = size;
    }

    public sealed class Bytes() : AbiType("bytes", true, Word.Length, 1);

    public sealed class Text() : AbiType("string", true, Word.Length, 1);

    /// <param name="element">What it holds.</param>
    /// <param name="count">How many, where the type says it; null: the data says it.</param>
    public sealed class Array(AbiType element, int? count) : AbiType(
        $"{element.Name}[{count}]",
        count is null || element.IsDynamic,
        count is null || element.IsDynamic ? Word.Length : (long)element.HeadSize * count.Value,
        1 + ((long)element.Weight * (count ?? 0)))
    {
        public AbiType Element { get; } = element;

        public int? Count { get; } = count;
    }

    public sealed class Tuple(IReadOnlyList<AbiParameter> parts) : AbiType(
        $"({string.Join(',', parts.Select(part => part.Type.Name))})",
        parts.Any(part => part.Type.IsDynamic),
        parts.Any(part => part.Type.IsDynamic) ? Word.Length : HeadOf(parts),
        1 + parts.Sum(part => (long)part.Type.Weight))
    {
        public IReadOnlyList<AbiParameter> Parts { get; } = parts;
    }
}
