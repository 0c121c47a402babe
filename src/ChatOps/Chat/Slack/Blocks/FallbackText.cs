using System.Text;
using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>
/// A card in words, for notifications and screen readers: the state and the title, who has it or is to look at it, what is wrong, then the rest. A phone shows the first line or two. Slack reads marks here:
/// only the people whom we name become mentions.
/// </summary>
internal static class FallbackText
{
    // Slack asks for at most 4,000.
    private const int Length = 3_000;

    /// <param name="card">What is shown.</param>
    /// <param name="users">The Slack user behind one of our people, or null.</param>
    public static string Of(Card card, Func<string, string?> users)
    {
        var named = card.Fields.FirstOrDefault(NamesSomebody);
        IEnumerable<Markup> lines =
        [
            Markup.Plain(CardBlocks.TitleOf(card)),
            named is null ? Markup.Empty : Line(named),
            card.Text,
            .. card.Fields.Where(field => field != named).Select(Line),
            card.Context,
        ];
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (text.Length < Length && Words(line, Length - text.Length, users) is { Length: > 0 } words)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(words);
            }
        }

        return text.Length > 0 ? text.ToString() : "ChatOps";
    }

    private static bool NamesSomebody(CardField field) => field.Value.Runs().Any(run => run.Mention is not null);

    private static Markup Line(CardField field) => Markup.Of($"{field.Name}: {field.Value}");

    /// <summary>One line with at most so many characters of what was said; the signs that Slack reads come to them.</summary>
    private static string Words(Markup line, int most, Func<string, string?> users)
    {
        var text = new StringBuilder();
        foreach (var run in line.Runs())
        {
            if (run.Mention is { } person && users(person) is { } user)
            {
                text.Append($"<@{user}>");
                most -= user.Length;
                continue;
            }

            var whole = CardBlocks.Clean(run.PlainText());
            var words = CardBlocks.Cut(whole, Math.Max(most, 1));
            text.Append(CardBlocks.Escape(words));
            if (words.Length < whole.Length)
            {
                break;
            }

            most -= words.Length;
        }

        return text.ToString().Trim();
    }
}
