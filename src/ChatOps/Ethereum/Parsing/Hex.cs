using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;

namespace ChatOps.Ethereum.Parsing;

/// <summary>Ethereum's hexadecimal values in JSON: quantities (0x1a, no leading zeros asked for) and data (0x and pairs of digits).</summary>
internal static class Hex
{
    public static string Of(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    public static string Of(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <exception cref="JsonException">The value is not such a text.</exception>
    public static Word Word(this in Utf8JsonReader json)
    {
        Span<byte> bytes = stackalloc byte[Core.Contracts.Word.Length];
        json.Fill(bytes);
        return new Word(bytes);
    }

    public static Address Address(this in Utf8JsonReader json)
    {
        Span<byte> bytes = stackalloc byte[Core.Contracts.Address.Length];
        json.Fill(bytes);
        return new Address(bytes);
    }

    public static Address? AddressOrNull(this in Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : json.Address();

    /// <summary>Data of any length.</summary>
    public static byte[] Bytes(this in Utf8JsonReader json)
    {
        var digits = json.Digits();
        var bytes = new byte[digits.Length / 2];
        Fill(digits, bytes);
        return bytes;
    }

    /// <summary>A quantity from 0 to 2^63 - 1.</summary>
    public static long Number(this in Utf8JsonReader json)
    {
        long value = 0;
        var digits = json.Digits();
        foreach (var digit in digits)
        {
            value = value <= long.MaxValue >> 4 && Digit(digit) is >= 0 and var one ? (value << 4) | (long)one : throw Wrong(json);
        }

        return digits.Length > 0 ? value : throw Wrong(json);
    }

    /// <summary>A quantity from 0 to 2^256 - 1.</summary>
    public static BigInteger Quantity(this in Utf8JsonReader json)
    {
        var digits = json.Digits();
        if (digits.Length is 0 or > 64)
        {
            throw Wrong(json);
        }

        Span<byte> even = stackalloc byte[64];
        even.Fill((byte)'0');
        digits.CopyTo(even[(64 - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[32];
        Fill(even, bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static void Fill(this in Utf8JsonReader json, scoped Span<byte> bytes) => Fill(json.Digits(), bytes);

    private static void Fill(scoped ReadOnlySpan<byte> digits, scoped Span<byte> bytes)
    {
        if (digits.Length != 2 * bytes.Length || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            throw new JsonException($"0x and {2 * bytes.Length} hexadecimal digits were expected");
        }
    }

    private static ReadOnlySpan<byte> Digits(this in Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && json.ValueSpan.StartsWith("0x"u8) ? json.ValueSpan[2..] : throw Wrong(json);

    private static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static JsonException Wrong(in Utf8JsonReader json) => new($"a hexadecimal value was expected and {json.TokenType} came");
}
