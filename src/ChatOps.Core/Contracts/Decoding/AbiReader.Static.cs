using System.Buffers.Binary;
using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

internal sealed partial class AbiReader
{
    /// <summary>A value that stands in its place; that the data reaches so far was seen before.</summary>
    private AbiValue? Static(AbiType type, int at)
    {
        switch (type)
        {
            case AbiType.Tuple tuple:
                return InPlace(tuple.Parts.Count, i => tuple.Parts[i].Type, at);
            case AbiType.Array array:
                return InPlace(array.Count!.Value, _ => array.Element, at);
        }

        var word = _data.Span.Slice(at, Word.Length);
        switch (type)
        {
            case AbiType.Account:
                Expect(word[..12], 0);
                return new AbiValue.Account(new Address(word[12..]));
            case AbiType.Number number:
                return Number(number, word);
            case AbiType.Truth:
                if (word[..31].ContainsAnyExcept((byte)0) || word[31] > 1)
                {
                    Odd("is neither 0 nor 1");
                }

                return new AbiValue.Truth(word.ContainsAnyExcept((byte)0));
            case AbiType.FixedBytes bytes:
                Expect(word[bytes.Size..], 0);
                return new AbiValue.Bytes(_data.Slice(at, bytes.Size));
            default:
                throw new InvalidOperationException($"{type} is dynamic");
        }
    }

    private AbiValue.Number Number(AbiType.Number type, ReadOnlySpan<byte> word)
    {
        var own = word[(Word.Length - type.Size)..];
        if (type.IsSigned)
        {
            Expect(word[..(Word.Length - type.Size)], own[0] >= 0x80 ? (byte)0xff : (byte)0);
            return new(new BigInteger(own, isUnsigned: false, isBigEndian: true));
        }

        Expect(word[..(Word.Length - type.Size)], 0);
        return own.Length <= 8 || !own[..^8].ContainsAnyExcept((byte)0)
            ? new(BinaryPrimitives.ReadUInt64BigEndian(word[24..]) & (type.Size >= 8 ? ulong.MaxValue : (1UL << (8 * type.Size)) - 1))
            : new(new BigInteger(own, isUnsigned: true, isBigEndian: true));
    }

    private AbiValue.List? InPlace(int count, Func<int, AbiType> type, int at)
    {
        if (!_budget.Take(count))
        {
            _failure = TooLarge;
            return null;
        }

        var values = new AbiValue[count];
        for (var i = 0; i < count; i++)
        {
            if (Static(type(i), at) is not { } value)
                return null;

            values[i] = value;
            at += type(i).HeadSize;
        }

        return new(values);
    }

    private void Expect(ReadOnlySpan<byte> unused, byte filling)
    {
        if (unused.ContainsAnyExcept(filling))
        {
            Odd("has bits set that its type does not have");
        }
    }
}
