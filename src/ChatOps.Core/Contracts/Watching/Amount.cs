using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>A number as contracts count, with the unit in which people write it: 100 SNT is 100000000000000000000.</summary>
/// <param name="Units">In the smallest unit.</param>
/// <param name="Symbol">ETH, SNT; empty where a bare number was written.</param>
/// <param name="Decimals">How many digits of it stand behind the point.</param>
public sealed record Amount(BigInteger Units, string Symbol, int Decimals)
{
    private const int Longest = 80;

    private static readonly Dictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WEI"] = 0,
        ["GWEI"] = 9,
        ["ETH"] = 18,
        ["ETHER"] = 18,
        ["WETH"] = 18,
        ["SNT"] = 18,
        ["STT"] = 18,
        ["SGT"] = 1,
        ["DAI"] = 18,
        ["LINEA"] = 18,
        ["GUSD"] = 18,
        ["USDC"] = 6,
        ["USDT"] = 6,
    };

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.,-");

    /// <summary>The units that amounts can be written in.</summary>
    public static IEnumerable<string> Symbols => Known.Keys;

    /// <summary>Ether, or what a chain has in its place.</summary>
    public static Amount Ether(BigInteger wei) => new(wei, "ETH", 18);

    /// <summary>100 SNT, 1.5 ETH, 1_000 USDC, or a bare number in the smallest unit; null when it is none of these.</summary>
    public static Amount? Read(string text)
    {
        var clean = text.Trim().Replace("_", "", StringComparison.Ordinal);
        var end = clean.AsSpan().IndexOfAnyExcept(Digits);
        var (number, symbol) = end < 0 ? (clean, "") : (clean[..end].TrimEnd(), clean[end..].Trim());
        number = number.Replace(",", "", StringComparison.Ordinal);
        var decimals = 0;
        if (number.Length is 0 or > Longest || (symbol.Length > 0 && !Known.TryGetValue(symbol, out decimals)))
        {
            return null;
        }

        var parts = number.Split('.');
        var behind = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        return parts.Length <= 2 && behind.Length <= decimals
            && BigInteger.TryParse(parts[0] + behind.PadRight(decimals, '0'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units)
            ? new Amount(units, symbol.ToUpperInvariant() is "ETHER" ? "ETH" : symbol.ToUpperInvariant(), decimals)
            : null;
    }

    /// <summary>1,234.5 SNT: all digits that are not zero.</summary>
    public override string ToString()
    {
        var scale = BigInteger.Pow(10, Decimals);
        var whole = BigInteger.Abs(Units) / scale;
        var behind = (BigInteger.Abs(Units) % scale).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        return $"{(Units.Sign < 0 ? "-" : "")}{whole.ToString("N0", CultureInfo.InvariantCulture)}{(behind.Length > 0 ? "." + behind : "")}{(Symbol.Length > 0 ? " " + Symbol : "")}";
    }
}
