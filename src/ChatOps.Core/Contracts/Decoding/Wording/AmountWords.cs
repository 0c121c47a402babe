using System.Globalization;
using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding.Wording;

internal static class AmountWords
{
    private static readonly BigInteger Everything = BigInteger.Pow(2, 256) - 1;

    /// <summary>All digits, none rounded away: 1,234.5 SNT. The largest number there is means without a limit.</summary>
    public static string Of(BigInteger amount, TokenUnit unit)
    {
        var symbol = CleanText.Of(unit.Symbol, 20);
        if (amount == Everything)
            return $"unlimited {symbol}";

        // A token says itself how many decimals it has.
        if (unit.Decimals is < 0 or > 77)
            return $"{Grouped(amount)} of the smallest unit of {symbol}";

        var whole = BigInteger.DivRem(BigInteger.Abs(amount), BigInteger.Pow(10, unit.Decimals), out var rest);
        var fraction = rest.IsZero ? "" : "." + rest.ToString(CultureInfo.InvariantCulture).PadLeft(unit.Decimals, '0').TrimEnd('0');
        return $"{(amount.Sign < 0 ? "-" : "")}{Grouped(whole)}{fraction} {symbol}";
    }

    private static string Grouped(BigInteger number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
