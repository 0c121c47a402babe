using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOps.Core.Contracts;

/// <summary>32 bytes: a hash, a topic, a storage slot, a word of calldata.</summary>
[JsonConverter(typeof(Json))]
public readonly record struct Word
{
    public const int Length = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="bytes">32 bytes, or fewer, which then stand at the end.</param>
    public Word(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[Length];
        whole.Clear();
        bytes.CopyTo(whole[(Length - bytes.Length)..]);
        (_a, _b) = (BinaryPrimitives.ReadUInt64BigEndian(whole), BinaryPrimitives.ReadUInt64BigEndian(whole[8..]));
        (_c, _d) = (BinaryPrimitives.ReadUInt64BigEndian(whole[16..]), BinaryPrimitives.ReadUInt64BigEndian(whole[24..]));
    }

    public static Word Zero => default;

    /// <summary>An address as calldata, topics and storage hold it: twelve zeros before it.</summary>
    public static Word Of(Address address) => new(address.ToBytes());

    /// <param name="number">From 0 to 2^256 - 1.</param>
    public static Word Of(BigInteger number) => new(number.ToByteArray(isUnsigned: true, isBigEndian: true));

    public static Word Parse(string text) => TryParse(text, out var word) ? word : throw new FormatException($"{text} is not 0x and 64 hexadecimal digits");

    /// <param name="text">0x and 64 hexadecimal digits, as JSON-RPC writes them.</param>
    /// <param name="word">What it says.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Word word)
    {
        word = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null || text.Length != 2 + (2 * Length) || !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        word = new Word(bytes);
        return true;
    }

    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, _a);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(into[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(into[24..], _d);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    public BigInteger ToNumber() => new(ToBytes(), isUnsigned: true, isBigEndian: true);

    /// <summary>The address in the last twenty bytes, or null where something stands before it.</summary>
    public Address? ToAddress() => _a == 0 && _b >> 32 == 0 ? new Address(ToBytes().AsSpan(12)) : null;

    /// <summary>0x and 64 hexadecimal digits in lower case.</summary>
    public override string ToString() => "0x" + Convert.ToHexStringLower(ToBytes());

    private sealed class Json : JsonConverter<Word>
    {
        public override Word Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Word value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
