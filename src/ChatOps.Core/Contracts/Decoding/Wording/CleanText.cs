using System.Globalization;
using System.Text;

namespace ChatOps.Core.Contracts.Decoding.Wording;

/// <summary>Text from outside in one line. What cannot be seen, or changes how other text is seen, is shown as its number: <c>\u{202E}</c>.</summary>
internal static class CleanText
{
    /// <summary>Piled up accents run over the lines above.</summary>
    private const int MostAccents = 2;

    /// <param name="text">Anything.</param>
    /// <param name="most">Characters of the result.</param>
    public static string Of(string text, int most)
    {
        var clean = new StringBuilder();
        var accents = 0;
        foreach (var sign in text.EnumerateRunes())
        {
            if (clean.Length > most)
                break;

            accents = Rune.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark ? accents + 1 : 0;
            clean.Append(IsPlain(sign) && accents <= MostAccents ? sign.ToString() : $"\\u{{{sign.Value:X4}}}");
        }

        return BoundedText.Cut(clean.ToString(), most);
    }

    /// <summary>The same between quotes, which nothing inside can end.</summary>
    public static string Quoted(string text, int most)
    {
        var shown = BoundedText.Cut(text, most).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{Of(shown, int.MaxValue)}\"";
    }

    private static bool IsPlain(Rune sign) => Rune.GetUnicodeCategory(sign) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.EnclosingMark => false,
        UnicodeCategory.SpaceSeparator => sign.Value == ' ',

        // Letters without a shape, that are there to fill a place.
        _ => sign.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800) && sign.Value is not (>= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF or 0x034F),
    };
}
