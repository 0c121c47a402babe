using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>
/// A card in words, for notifications and screen readers: the state and the title, who is named on it, then the rest. A phone shows the first line or two.
/// </summary>
internal static class FallbackText
{
    // Slack asks for at most 4,000.
    private const int Length = 3_000;

    public static string Of(Card card)
    {
        var fields = card.Fields.ToLookup(NamesSomebody);
        IEnumerable<string> lines =
        [
            CardBlocks.TitleOf(card),
            .. fields[true].Select(Line),
            card.Text.PlainText(),
            .. fields[false].Select(Line),
            card.Context.PlainText(),
        ];
        var text = string.Join('\n', lines.Select(line => CardBlocks.Clean(line).Trim()).Where(line => line.Length > 0));
        return CardBlocks.Escape(CardBlocks.Cut(text.Length > 0 ? text : "ChatOps", Length));
    }

    private static bool NamesSomebody(CardField field) => field.Value.Runs().Any(run => run.Mention is not null);

    private static string Line(CardField field) => $"{field.Name}: {field.Value.PlainText()}";
}
