using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOps.Core.Contracts;

/// <summary>20 bytes: an account or a contract. Written with the checksum of EIP-55.</summary>
[JsonConverter(typeof(Json))]
public readonly record struct Address
{
    public const int Length = 20;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly uint _c;

    /// <param name="bytes">20 of them.</param>
    public Address(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        (_a, _b, _c) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));
    }

    public static Address Zero => default;

    public bool IsZero => this == default;

    public static Address Parse(string text) => TryParse(text, out var address) ? address : throw new FormatException($"{text} is not an address: 0x and 40 hexadecimal digits, in one case or with the checksum of EIP-55");

    /// <param name="text">0x and 40 hexadecimal digits: all in one case, or with the right checksum. A wrong checksum is a typing error and no address.</param>
    /// <param name="address">What it says.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null || text.Length != 2 + (2 * Length) || !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        address = new Address(bytes);
        var digits = text.AsSpan(2);
        var mixed = digits.IndexOfAnyInRange('a', 'f') >= 0 && digits.IndexOfAnyInRange('A', 'F') >= 0;
        return !mixed || digits.SequenceEqual(address.ToString().AsSpan(2));
    }

    /// <summary>Says what is wrong with a text that is no address, without a full stop.</summary>
    public static string Fault(string? text) => TryParse(text?.ToLowerInvariant(), out _)
        ? $"\"{text}\" fails its checksum: a digit is wrong, or the case of a letter; copy it again"
        : $"\"{text}\" is not an address: 0x and 40 hexadecimal digits, in one case or with the right checksum";

    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, _a);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(into[16..], _c);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    /// <summary>0x and 40 hexadecimal digits with the checksum of EIP-55.</summary>
    public override string ToString()
    {
        var digits = Convert.ToHexStringLower(ToBytes()).ToCharArray();
        var hash = Keccak.Hash(Encoding.ASCII.GetBytes(digits)).ToBytes();
        for (var i = 0; i < digits.Length; i++)
        {
            if ((hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf) >= 8)
            {
                digits[i] = char.ToUpperInvariant(digits[i]);
            }
        }

        return "0x" + new string(digits);
    }

    private sealed class Json : JsonConverter<Address>
    {
        public override Address Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
