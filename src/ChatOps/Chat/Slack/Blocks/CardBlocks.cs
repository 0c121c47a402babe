using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>
/// A card as Block Kit, within Slack's limits whatever the card holds. All text goes into rich text or plain text, of which Slack reads nothing: what comes from
/// outside can neither call a channel nor pose as a link.
/// </summary>
/// <param name="users">The Slack user behind one of our people, or null.</param>
internal sealed class CardBlocks(Func<string, string?> users)
{
    // Slack's: 150 for a header, 75 for a button, 25 elements in a row of buttons, 2,000 for a context's text.
    private const int HeaderLength = 150;
    private const int ButtonLength = 75;
    private const int ButtonsInARow = 25;

    // A message has at most 50 blocks, and each button may need a row of its own.
    private const int MostButtons = 40;
    private const int ContextLength = 2_000;

    // Slack says nothing about rich text; a message as a whole is cut at 40,000 characters of text, and nobody reads as much.
    private const int BodyLength = 6_000;
    private const int FieldsLength = 6_000;

    // The text beside the blocks is read by notifications and screen readers; Slack asks for at most 4,000.
    private const int TextLength = 3_000;

    public IReadOnlyList<Block> Of(Card card)
    {
        var blocks = new List<Block>();
        if (Header(card) is { Length: > 0 } header)
        {
            blocks.Add(new HeaderBlock(new PlainWords(header)));
        }

        if (!card.Text.IsEmpty)
        {
            blocks.Add(new RichTextBlock([new RichTextSection([.. Rich(card.Text, BodyLength)])]));
        }

        if (card.Fields.Count > 0)
        {
            blocks.Add(new RichTextBlock([new RichTextSection([.. Fields(card.Fields)])]));
        }

        blocks.AddRange(Rows(card.Buttons));
        if (card.Context.PlainText().Trim() is { Length: > 0 } context)
        {
            blocks.Add(new ContextBlock([new PlainWords(Cut(context, ContextLength))]));
        }

        return blocks.Count > 0 ? blocks : [new ContextBlock([new PlainWords("(nothing to show)")])];
    }

    /// <summary>The same in words, for notifications. Slack reads its marks into it, so they are taken away.</summary>
    public static string TextOf(Card card) => Escape(Cut(Core.Chat.PlainText.Of(card) is { Length: > 0 } text ? text : "ChatOps", TextLength));

    /// <summary>Text in runs, with at most so many characters.</summary>
    public IEnumerable<RichText> Rich(Markup text, int most)
    {
        var left = most;
        foreach (var run in text.Runs())
        {
            if (left <= 0)
            {
                yield return new RichWords("…");
                yield break;
            }

            var words = Cut(run.Text, left);
            left -= words.Length;
            if (words.Length > 0)
            {
                yield return Rich(run, words);
            }
        }
    }

    /// <summary>At most so many UTF-16 units, never half a character.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : most < 2 ? "" : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    /// <summary>Text for a place where Slack reads <c>&lt;!channel&gt;</c> and <c>&lt;https://…&gt;</c>: there they stay words.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Header(Card card)
    {
        var sign = card.State switch
        {
            CardState.Firing => "🔴 ",
            CardState.Acknowledged => "🟠 ",
            CardState.Resolved => "🟢 ",
            CardState.Silenced => "🔕 ",
            CardState.Open => "🟥 ",
            CardState.Mitigated => "🟨 ",
            CardState.Closed => "🟩 ",
            _ => "",
        };
        var title = card.Title.ReplaceLineEndings(" ").Trim();
        return title.Length == 0 ? "" : Cut(sign + title, HeaderLength);
    }

    /// <summary>Buttons in as few rows as they fit: Slack wants an action's id once in each.</summary>
    private static IEnumerable<ActionsBlock> Rows(IReadOnlyList<Button> buttons)
    {
        var row = new List<Element>();
        foreach (var button in buttons.Take(MostButtons))
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
        var left = FieldsLength;
        for (var i = 0; i < fields.Count && left > 0; i++)
        {
            var name = Cut($"{(i == 0 ? "" : "\n")}{fields[i].Name}: ", 200);
            yield return new RichWords(name) { Style = RichStyle.Strong };
            left -= name.Length;
            foreach (var run in Rich(fields[i].Value, Math.Max(left, 2)))
            {
                left -= (run as RichWords)?.Text.Length ?? (run as RichLink)?.Text.Length ?? 12;
                yield return run;
            }
        }

        if (left <= 0)
        {
            yield return new RichWords("\n…");
        }
    }

    private RichText Rich(Run run, string words) => run switch
    {
        { Mention: { } person } => users(person) is { } user ? new RichUser(user) : new RichWords(words) { Style = RichStyle.Strong },
        { Href: { Length: <= 3_000 } href } => new RichLink(href, words),
        { Code: true } => new RichWords(words) { Style = RichStyle.Typed },
        { Bold: true } => new RichWords(words) { Style = RichStyle.Strong },
        _ => new RichWords(words),
    };

    private static ButtonElement Button(Button button) => new(new PlainWords(Cut(button.Label, ButtonLength)))
    {
        ActionId = button.ActionId,
        Value = button.Value,
        Style = button.Style switch { ButtonStyle.Primary => "primary", ButtonStyle.Danger => "danger", _ => null },
    };
}
