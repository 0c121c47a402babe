namespace ChatOps.Core.Chat;

/// <summary>A card in words: for platforms that have nothing else, for notifications, for screen readers and for scripts.</summary>
public static class PlainText
{
    /// <summary>Everything a person reads on the card, fields and context included; not the buttons.</summary>
    public static string Of(Card card)
    {
        IEnumerable<string> lines =
        [
            card.Title,
            card.Text.PlainText(),
            .. card.Fields.Select(field => $"{field.Name}: {field.Value.PlainText()}"),
            card.Context.PlainText(),
        ];
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
    }
}
