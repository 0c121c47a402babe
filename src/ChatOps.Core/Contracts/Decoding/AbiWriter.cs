using System.Numerics;
using System.Text;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>Encodes. Throws <see cref="ArgumentException"/> where a value is not of its type: what is encoded comes from the program itself.</summary>
internal static class AbiWriter
{
    public static byte[] Write(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<object> values)
    {
        if (parameters.Count != values.Count)
            throw new ArgumentException($"{parameters.Count} values are due and {values.Count} given");

        return Several([.. parameters.Select(parameter => parameter.Type)], values);
    }

    private static byte[] Several(IReadOnlyList<AbiType> types, IReadOnlyList<object> values)
    {
        List<byte> heads = [];
        List<byte> tails = [];
        var size = types.Sum(type => type.HeadSize);
        for (var i = 0; i < types.Count; i++)
        {
            var written = Write(types[i], values[i]);
            if (types[i].IsDynamic)
            {
                heads.AddRange(Word.Of(size + tails.Count).ToBytes());
                tails.AddRange(written);
            }
            else
            {
                heads.AddRange(written);
            }
        }

        return [.. heads, .. tails];
    }

    private static byte[] Write(AbiType type, object value) => (type, value) switch
    {
        (_, AbiValue.Number number) => Write(type, number.Value),
        (_, AbiValue.Account account) => Write(type, account.Value),
        (_, AbiValue.Truth truth) => Write(type, truth.Value),
        (_, AbiValue.Bytes bytes) => Write(type, bytes.Value),
        (_, AbiValue.Text text) => Write(type, text.Value),
        (_, AbiValue.List list) => Write(type, list.Values),
        (_, byte[] bytes) => Write(type, (ReadOnlyMemory<byte>)bytes),
        (AbiType.Account, Address address) => Word.Of(address).ToBytes(),
        (AbiType.Truth, bool truth) => Word.Of(truth ? 1 : 0).ToBytes(),
        (AbiType.Number integer, _) when Whole(value) is { } number => Number(integer, number),
        (AbiType.FixedBytes { Size: Word.Length }, Word word) => word.ToBytes(),
        (AbiType.FixedBytes type1, ReadOnlyMemory<byte> bytes) when bytes.Length == type1.Size => Padded(bytes.Span),
        (AbiType.Bytes, ReadOnlyMemory<byte> bytes) => [.. Word.Of(bytes.Length).ToBytes(), .. Padded(bytes.Span)],
        (AbiType.Text, string text) => Write(new AbiType.Bytes(), Encoding.UTF8.GetBytes(text)),
        (AbiType.Tuple tuple, System.Collections.IEnumerable list) => Write(tuple.Parts, [.. list.Cast<object>()]),
        (AbiType.Array array, System.Collections.IEnumerable list) => Elements(array, [.. list.Cast<object>()]),
        _ => throw new ArgumentException($"{value} is no {type}"),
    };

    private static byte[] Elements(AbiType.Array array, List<object> values)
    {
        if (array.Count is { } count && count != values.Count)
            throw new ArgumentException($"{array} has {count} elements, not {values.Count}");

        var elements = Several([.. values.Select(_ => array.Element)], values);
        return array.Count is null ? [.. Word.Of(values.Count).ToBytes(), .. elements] : elements;
    }

    private static BigInteger? Whole(object value) => value switch
    {
        BigInteger number => number,
        int number => number,
        long number => number,
        ulong number => number,
        uint number => number,
        byte number => number,
        _ => null,
    };

    private static byte[] Number(AbiType.Number type, BigInteger number)
    {
        var bits = 8 * type.Size;
        var (least, most) = type.IsSigned ? (-BigInteger.Pow(2, bits - 1), BigInteger.Pow(2, bits - 1) - 1) : (BigInteger.Zero, BigInteger.Pow(2, bits) - 1);
        if (number < least || number > most)
            throw new ArgumentException($"{number} is no {type}");

        return Word.Of(number.Sign < 0 ? BigInteger.Pow(2, 8 * Word.Length) + number : number).ToBytes();
    }

    private static byte[] Padded(ReadOnlySpan<byte> bytes)
    {
        var padded = new byte[(bytes.Length + Word.Length - 1) / Word.Length * Word.Length];
        bytes.CopyTo(padded);
        return padded;
    }
}
