using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>A value that went through the contract ABI.</summary>
public abstract record AbiValue
{
    /// <summary>uintN and intN.</summary>
    public sealed record Number(BigInteger Value) : AbiValue;

    public sealed record Account(Address Value) : AbiValue;

    public sealed record Truth(bool Value) : AbiValue;

    /// <summary>bytes and bytesN, and a function (an address and a selector).</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Value) : AbiValue
    {
        public bool Equals(Bytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Value.Span);
            return hash.ToHashCode();
        }
    }

    public sealed record Text(string Value) : AbiValue;

    /// <summary>An array's elements or a tuple's parts.</summary>
    public sealed record List(IReadOnlyList<AbiValue> Values) : AbiValue
    {
        public bool Equals(List? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Values)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
