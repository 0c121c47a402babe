using System.Text;

namespace ChatOps.Core.Chat.Commands;

/// <param name="Text">The word, without quotes.</param>
/// <param name="Start">Where it begins in what was typed.</param>
internal readonly record struct Word(string Text, int Start)
{
    public bool IsOption => Text.StartsWith("--", StringComparison.Ordinal) && Text.Length > 2;
}

/// <summary>Splits what a person typed into words. Quotes hold words together; phones' curly quotes and long dashes are read as what was meant.</summary>
internal static class Words
{
    public static IReadOnlyList<Word> Split(string text)
    {
        var words = new List<Word>();
        var start = 0;
        var word = new StringBuilder();
        var quoted = false;
        var open = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = Straight(text[i]);
            start = open ? start : i;
            if (c == '"')
            {
                quoted = !quoted;
                open = true;
            }
            else if (c is '\u2014' or '\u2013')
            {
                // A phone makes one long dash of the two that begin an option.
                word.Append(open ? c.ToString() : "--");
                open = true;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (open)
                {
                    words.Add(new Word(word.ToString(), start));
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
            words.Add(new Word(word.ToString(), start));
        }

        return words;
    }

    private static char Straight(char c) => c switch
    {
        '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' => '"',
        '\u00a0' => ' ',
        _ => c,
    };
}
