using System.Globalization;
using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding.Wording;

/// <summary>Values that went through the ABI, in words.</summary>
internal sealed class ValueWords(IContractNames names)
{
    private const int MostElements = 4;
    private const int MostText = 80;
    private const int MostLabel = 60;

    /// <summary>What parameters are called that hold an amount of the token whose function or event it is.</summary>
    private static readonly HashSet<string> Amounts = ["amount", "value", "wad", "tokens", "shares", "addedvalue", "subtractedvalue"];

    public string Of(Address address) => names.Label(address) is { Length: > 0 } label ? CleanText.Of(label, MostLabel) : address.ToString();

    public string Of(DecodedArgument argument, Address? of) =>
        argument.Value is AbiValue.Number amount && Amounts.Contains(argument.Name.Trim('_').ToLowerInvariant()) && of is { } contract && names.Token(contract) is { } unit
            ? AmountWords.Of(amount.Value, unit)
            : Of(argument.Value, 0);

    private string Of(AbiValue value, int depth) => value switch
    {
        AbiValue.Account account => Of(account.Value),
        AbiValue.Number number => Of(number.Value),
        AbiValue.Truth truth => truth.Value ? "true" : "false",
        AbiValue.Text text => CleanText.Quoted(text.Value, MostText),
        AbiValue.Bytes bytes => Of(bytes.Value.Span),
        AbiValue.List list when depth > 1 => $"{list.Values.Count} values",
        AbiValue.List list => $"[{string.Join(", ", list.Values.Take(MostElements).Select(element => Of(element, depth + 1)))}{(list.Values.Count > MostElements ? $" and {list.Values.Count - MostElements} more" : "")}]",
        _ => "",
    };

    private static string Of(BigInteger number) => number == BigInteger.Pow(2, 256) - 1 ? "2^256-1" : number.ToString(CultureInfo.InvariantCulture);

    private static string Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= Word.Length ? $"0x{Convert.ToHexStringLower(bytes)}" : $"0x{Convert.ToHexStringLower(bytes[..8])}… ({bytes.Length} bytes)";
}
