using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>A card's fields as lines. When there are too many, those in the middle give way: what matters most stands first, and links stand last.</summary>
internal static class CardFields
{
    private const int Length = 3_000;
    private const int NameLength = 100;
    private const int ValueLength = 600;
    private const int Tail = 2;

    /// <summary>The lines to show; null stands for so many that are left out.</summary>
    public static IEnumerable<(CardField? Field, int LeftOut)> Kept(IReadOnlyList<CardField> fields)
    {
        var left = Length - fields.TakeLast(Tail).Sum(SizeOf);
        var head = 0;
        while (head < fields.Count - Tail && (left -= SizeOf(fields[head])) >= 0)
        {
            yield return (fields[head++], 0);
        }

        var tail = Math.Max(head, fields.Count - Tail);
        if (tail > head)
        {
            yield return (null, tail - head);
        }

        foreach (var field in fields.Skip(tail))
        {
            yield return (field, 0);
        }
    }

    /// <summary>One line in runs.</summary>
    public static IEnumerable<RichText> Line(CardField field, Func<Markup, int, IEnumerable<RichText>> rich) =>
        rich(field.Value, ValueLength).Prepend(new RichWords($"{CardBlocks.Cut(CardBlocks.Clean(field.Name).ReplaceLineEndings(" "), NameLength)}: ") { Style = RichStyle.Strong });

    private static int SizeOf(CardField field) => Math.Min(field.Name.Length, NameLength) + Math.Min(field.Value.Source.Length, ValueLength) + 3;
}
