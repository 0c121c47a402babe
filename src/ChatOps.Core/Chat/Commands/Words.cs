using System.Text;

namespace ChatOps.Core.Chat.Commands;

/// <summary>Splits what a person typed into words. Quotes hold words together; phones' curly quotes and long dashes are read as what was meant.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var open = false;
        foreach (var c in Straight(text))
        {
            if (c == '"')
            {
                quoted = !quoted;
                open = true;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (open)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    open = false;
                }
            }
            else
            {
                word.Append(c);
                open = true;
            }
        }

        if (open)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static string Straight(string text) => text
        .Replace('\u201c', '"').Replace('\u201d', '"').Replace('\u201e', '"').Replace('\u00ab', '"').Replace('\u00bb', '"')
        .Replace("\u2014", "--", StringComparison.Ordinal).Replace("\u2013", "--", StringComparison.Ordinal)
        .Replace('\u00a0', ' ');
}
