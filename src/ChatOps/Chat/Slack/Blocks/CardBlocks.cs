using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>
/// A card as Block Kit, within Slack's limits whatever the card holds. All text goes into rich text or plain text, of which Slack reads nothing: what comes from
/// outside can neither call a channel nor pose as a link.
/// </summary>
/// <param name="users">The Slack user behind one of our people, or null.</param>
internal sealed class CardBlocks(Func<string, string?> users)
{
    // Slack's: 150 for a header, 75 for a button, 255 and 2,000 for what it carries, 25 elements in a row of buttons, 2,000 for a context's text, 3,000 for an address.
    private const int HeaderLength = 150;
    private const int ButtonLength = 75;
    private const int ActionLength = 255;
    private const int ValueLength = 2_000;
    private const int ButtonsInARow = 25;
    private const int ContextLength = 2_000;
    private const int AddressLength = 3_000;

    // A message has at most 50 blocks, and each button may need a row of its own.
    private const int MostButtons = 40;

    // Slack says nothing about rich text, but refuses blocks that are long as a whole; and nobody reads more.
    private const int BodyLength = 3_000;

    public IReadOnlyList<Block> Of(Card card)
    {
        var blocks = new List<Block>();
        if (TitleOf(card) is { Length: > 0 } title)
        {
            blocks.Add(new HeaderBlock(new PlainWords(Cut(title, HeaderLength))));
        }

        if (Section(Rich(card.Text, BodyLength)) is { } body)
        {
            blocks.Add(body);
        }

        if (Section(Fields(card.Fields)) is { } fields)
        {
            blocks.Add(fields);
        }

        blocks.AddRange(Rows(card.Buttons));
        if (Clean(card.Context.PlainText()).Trim() is { Length: > 0 } context)
        {
            blocks.Add(new ContextBlock([new PlainWords(Cut(context, ContextLength))]));
        }

        return blocks.Count > 0 ? blocks : [new ContextBlock([new PlainWords("(nothing to show)")])];
    }

    /// <inheritdoc cref="FallbackText"/>
    public string TextOf(Card card) => FallbackText.Of(card, users);

    /// <summary>The title with its state, in a sign and a word; empty when there is no title.</summary>
    public static string TitleOf(Card card)
    {
        var title = Clean(card.Title).ReplaceLineEndings(" ").Trim();
        return title.Length == 0 ? "" : card.State switch
        {
            CardState.Firing => $"🔴 Firing: {title}",
            CardState.Acknowledged => $"🟠 Acknowledged: {title}",
            CardState.Resolved => $"🟢 Resolved: {title}",
            CardState.Silenced => $"🔕 Silenced: {title}",
            CardState.Open => $"🟥 Open: {title}",
            CardState.Mitigated => $"🟨 Mitigated: {title}",
            CardState.Closed => $"🟩 Closed: {title}",
            CardState.Normal => $"🟢 Normal: {title}",
            CardState.Abnormal => $"🔴 Abnormal: {title}",
            CardState.Review => $"🟡 To review: {title}",
            CardState.Retracted => $"⚪ Retracted: {title}",
            _ => title,
        };
    }

    /// <summary>Text in runs, with at most so many characters.</summary>
    public IEnumerable<RichText> Rich(Markup text, int most)
    {
        var left = most;
        foreach (var run in text.Runs())
        {
            var whole = Clean(run.Text);
            var words = Cut(whole, Math.Max(left, 1));
            left -= words.Length;
            if (words.Length > 0)
            {
                yield return Rich(run, words);
            }

            if (words.Length < whole.Length)
            {
                yield break;
            }
        }
    }

    /// <summary>At most so many UTF-16 units, never half a character.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(most > 1 && char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    /// <summary>Text for a place where Slack reads <c>&lt;!channel&gt;</c> and <c>&lt;https://…&gt;</c>: there they stay words.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Without characters that nobody sees and that could turn text around.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (clean, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = from[i];
            clean[i] = c is not ('\n' or '\t') && (char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069') ? ' ' : c;
        }
    });

    private static RichTextBlock? Section(IEnumerable<RichText> runs) =>
        runs.ToList() is { Count: > 0 } some && some.Exists(run => run is not RichWords { Text: var text } || !string.IsNullOrWhiteSpace(text)) ? new([new RichTextSection(some)]) : null;

    /// <summary>Buttons in as few rows as they fit: Slack wants an action's id once in each.</summary>
    private static IEnumerable<ActionsBlock> Rows(IReadOnlyList<Button> buttons)
    {
        var row = new List<Element>();
        foreach (var button in buttons.Where(button => button is { ActionId.Length: > 0 and <= ActionLength, Value.Length: <= ValueLength }).Take(MostButtons))
        {
            if (row.Count == ButtonsInARow || row.Any(before => before.ActionId == button.ActionId))
            {
                yield return new ActionsBlock([.. row]);
                row.Clear();
            }

            row.Add(Button(button));
        }

        if (row.Count > 0)
        {
            yield return new ActionsBlock(row);
        }
    }

    private IEnumerable<RichText> Fields(IReadOnlyList<CardField> fields)
    {
        var isFirst = true;
        foreach (var (field, leftOut) in CardFields.Kept(fields))
        {
            if (!isFirst)
            {
                yield return new RichWords("\n");
            }

            isFirst = false;
            foreach (var run in field is null ? [new RichWords($"… and {leftOut} more")] : CardFields.Line(field, Rich))
            {
                yield return run;
            }
        }
    }

    private RichText Rich(Run run, string words) => run switch
    {
        { Mention: { } person } => users(person) is { } user ? new RichUser(user) : new RichWords(words) { Style = RichStyle.Strong },
        { Href: { Length: <= AddressLength } href } when IsWeb(href) => new RichLink(href, words),
        { Code: true } => new RichWords(words) { Style = RichStyle.Typed },
        { Bold: true } => new RichWords(words) { Style = RichStyle.Strong },
        _ => new RichWords(words),
    };

    private static bool IsWeb(string href) => Uri.TryCreate(href, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static ButtonElement Button(Button button) => new(new PlainWords(Cut(Clean(button.Label).Trim() is { Length: > 0 } label ? label : button.ActionId, ButtonLength)))
    {
        ActionId = button.ActionId,
        Value = button.Value.Length > 0 ? button.Value : null,
        Style = button.Style switch { ButtonStyle.Primary => "primary", ButtonStyle.Danger => "danger", _ => null },
    };
}
