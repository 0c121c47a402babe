using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// Decodes what a lenient contract would, and says where it is not what an encoder writes. Encoded as it should be, what is dynamic stands behind what is not, in
/// its order, without gaps: so the reader knows where each must begin, and needs no second encoding to compare with.
/// </summary>
internal sealed partial class AbiReader
{
    /// <summary>One is enough to look, a few say where; hostile calldata could bring thousands.</summary>
    private const int MostOddities = 8;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _data;
    private readonly DecodingBudget _budget;
    private readonly List<Oddity> _oddities = [];
    private string _argument = "";
    private Oddity? _failure;

    private AbiReader(ReadOnlyMemory<byte> data, DecodingBudget budget) => (_data, _budget) = (data, budget);

    public static AbiReading Read(IReadOnlyList<AbiParameter> parameters, ReadOnlyMemory<byte> data, DecodingBudget budget) => new AbiReader(data, budget).Read(parameters);

    public static string NameOf(AbiParameter parameter, int index) => parameter.Name.Length > 0 ? parameter.Name : index.ToString(CultureInfo.InvariantCulture);

    private AbiReading Read(IReadOnlyList<AbiParameter> parameters)
    {
        long heads = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            heads += parameters[i].Type.HeadSize;
        }

        if (heads > _data.Length)
            return new([], [new(OddityKind.Undecodable, $"the arguments need at least {heads} bytes and there are {_data.Length}")]);

        var arguments = new DecodedArgument[parameters.Count];
        var (head, tail) = (0, (int)heads);
        for (var i = 0; i < arguments.Length; i++)
        {
            _argument = NameOf(parameters[i], i);
            if (!_budget.Take(1))
                return new([], [TooLarge]);
            if (Placed(parameters[i].Type, 0, ref head, ref tail) is not { } value)
                return new([], [.. _oddities, _failure!]);

            arguments[i] = new(_argument, parameters[i].Type.Name, value);
        }

        if (tail < _data.Length)
        {
            _oddities.Add(new(OddityKind.Trailing, $"{_data.Length - tail} bytes follow that belong to no argument"));
        }

        return new(arguments, _oddities);
    }

    /// <summary>A value in its place among its neighbours: itself, or an offset from <paramref name="start"/> to where it stands.</summary>
    private AbiValue? Placed(AbiType type, int start, ref int head, ref int tail)
    {
        var place = head;
        head += type.HeadSize;
        if (!type.IsDynamic)
            return Static(type, place);

        if (!Small(place, out var offset) || offset > _data.Length - start)
            return Fail("begins behind the end of the data");

        var at = start + offset;
        if (at != tail)
        {
            Odd(at < tail ? "points back at what belongs to something else" : $"leaves {at - tail} bytes before it that belong to nothing");
        }

        var value = Dynamic(type, at, out var end);
        tail = Math.Max(tail, end);
        return value;
    }

    private AbiValue? Dynamic(AbiType type, int at, out int end)
    {
        end = at;
        switch (type)
        {
            case AbiType.Bytes:
                return Bytes(at, out end) is { } bytes ? new AbiValue.Bytes(bytes) : null;
            case AbiType.Text:
                return Bytes(at, out end) is { } text ? Text(text.Span) : null;
            case AbiType.Tuple tuple:
                return Several(tuple.Parts.Count, i => tuple.Parts[i].Type, at, ref end);
            case AbiType.Array { Count: { } count } array:
                return Several(count, _ => array.Element, at, ref end);
            case AbiType.Array array:
                if (at > _data.Length - Word.Length || !Small(at, out var length) || (long)length * array.Element.HeadSize > _data.Length - at - Word.Length)
                    return Fail("says that it is longer than all the data");
                return Several(length, _ => array.Element, at + Word.Length, ref end);
            default:
                throw new InvalidOperationException($"{type} is not dynamic");
        }
    }

    private AbiValue.List? Several(int count, Func<int, AbiType> type, int at, ref int end)
    {
        if (!_budget.Take(count))
        {
            _failure = TooLarge;
            return null;
        }

        long heads = 0;
        for (var i = 0; i < count; i++)
        {
            heads += type(i).HeadSize;
        }

        if (heads > _data.Length - at)
        {
            Fail("does not end within the data");
            return null;
        }

        var values = new AbiValue[count];
        var head = at;
        end = at + (int)heads;
        for (var i = 0; i < count; i++)
        {
            if (Placed(type(i), at, ref head, ref end) is not { } value)
                return null;

            values[i] = value;
        }

        return new(values);
    }

    private ReadOnlyMemory<byte>? Bytes(int at, out int end)
    {
        end = at;
        if (at > _data.Length - Word.Length || !Small(at, out var length) || length > _data.Length - at - Word.Length)
        {
            Fail("says that it is longer than all the data");
            return null;
        }

        var begin = at + Word.Length;
        var padded = begin + ((length + Word.Length - 1L) / Word.Length * Word.Length);
        end = (int)Math.Min(padded, _data.Length);
        if (padded > _data.Length)
        {
            Odd("is not filled up to a whole word");
        }
        else if (_data.Span[(begin + length)..end].ContainsAnyExcept((byte)0))
        {
            Odd("is not filled up with zeros");
        }

        if (_budget.Take(length / Word.Length))
            return _data.Slice(begin, length);

        _failure = TooLarge;
        return null;
    }

    private AbiValue.Text Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new(Utf8.GetString(bytes));
        }
        catch (ArgumentException)
        {
            Odd("is not UTF-8");
            return new(Encoding.UTF8.GetString(bytes));
        }
    }

    /// <summary>A word as a length or an offset; false where it is more than any data has.</summary>
    private bool Small(int at, out int number)
    {
        var word = _data.Span.Slice(at, Word.Length);
        number = BinaryPrimitives.ReadInt32BigEndian(word[28..]);
        return number >= 0 && !word[..28].ContainsAnyExcept((byte)0);
    }

    private static Oddity TooLarge { get; } = new(OddityKind.TooLarge, "there are more values than are read of one transaction");

    private AbiValue? Fail(string words)
    {
        _failure = new(OddityKind.Undecodable, $"{_argument} {words}");
        return null;
    }

    private void Odd(string words)
    {
        if (_oddities.Count < MostOddities)
        {
            _oddities.Add(new(OddityKind.NotCanonical, $"{_argument} {words}"));
        }
    }
}
