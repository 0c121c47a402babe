namespace ChatOps.Core.Chat.Commands;

/// <summary>The ids that people see and write: a series and a number, A-12.</summary>
internal static class SubjectId
{
    /// <summary>A-12, a12, #12 and 12 all mean A-12 in series A; null when it is none of these.</summary>
    public static string? Read(string text, string series)
    {
        var digits = text.Trim().TrimStart('#').ToUpperInvariant();
        digits = digits.StartsWith(series, StringComparison.Ordinal) ? digits[series.Length..].TrimStart('-', '\u2011', ' ') : digits;
        return long.TryParse(digits, out var number) && number > 0 ? $"{series}-{number}" : null;
    }
}
