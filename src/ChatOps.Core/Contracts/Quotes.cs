namespace ChatOps.Core.Contracts;

/// <summary>People put what has blanks in quotes, and phones turn them into others: they are no part of it.</summary>
internal static class Quotes
{
    private static readonly char[] Signs = ['"', '“', '”', '„'];

    /// <summary>Without blanks around it, and without one pair of quotes that holds all of it; what is quoted in parts stays as it is.</summary>
    public static string Off(string text)
    {
        var bare = text.Trim();
        return bare.Length >= 2 && Signs.Contains(bare[0]) && Signs.Contains(bare[^1]) && bare.AsSpan(1, bare.Length - 2).IndexOfAny(Signs) < 0 ? bare[1..^1].Trim() : bare;
    }
}
