using System.Text;

namespace ChatOps.Core.Chat;

/// <summary>Reads markup into runs. It never fails: a sign without its partner is a character like any other.</summary>
internal static class MarkupReader
{
    public static IReadOnlyList<Run> Read(string source)
    {
        var runs = new List<Run>();
        var text = new StringBuilder();
        var bold = false;
        var at = 0;
        while (at < source.Length)
        {
            var rest = source.AsSpan(at);
            if (rest[0] == '\\' && rest.Length > 1)
            {
                text.Append(rest[1]);
                at += 2;
            }
            else if (rest.StartsWith("**") && (bold || rest[2..].IndexOf("**") > 0))
            {
                Flush(runs, text, bold);
                bold = !bold;
                at += 2;
            }
            else if (Take(rest, "`", "`") is { } code)
            {
                Flush(runs, text, bold);
                runs.Add(new Run(Unescape(code)) { Code = true });
                at += code.Length + 2;
            }
            else if (Take(rest, "@{", "}") is { } person)
            {
                Flush(runs, text, bold);
                runs.Add(new Run("@" + person) { Mention = person });
                at += person.Length + 3;
            }
            else if (Take(rest, "[", "](") is { } label && Take(rest[(label.Length + 2)..], "(", ")") is { } href)
            {
                Flush(runs, text, bold);
                runs.Add(new Run(Unescape(label)) { Href = href });
                at += label.Length + href.Length + 4;
            }
            else
            {
                text.Append(rest[0]);
                at++;
            }
        }

        Flush(runs, text, bold);
        return runs;
    }

    private static void Flush(List<Run> runs, StringBuilder text, bool bold)
    {
        if (text.Length > 0)
        {
            runs.Add(new Run(text.ToString()) { Bold = bold });
            text.Clear();
        }
    }

    /// <summary>What stands between an opening sign at the start and the next closing one that is not escaped; null when there is none.</summary>
    private static string? Take(ReadOnlySpan<char> rest, string open, string close)
    {
        if (!rest.StartsWith(open))
        {
            return null;
        }

        for (var i = open.Length; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i..].StartsWith(close))
            {
                return i > open.Length ? rest[open.Length..i].ToString() : null;
            }
        }

        return null;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
