using System.Text;

namespace ChatOps.Core.Contracts.Decoding.Wording;

/// <summary>Text that stops growing.</summary>
/// <param name="most">Characters, the ellipsis included.</param>
internal sealed class BoundedText(int most)
{
    private readonly StringBuilder _text = new();

    public bool IsFull => _text.Length > most;

    public void Add(string part)
    {
        if (!IsFull)
        {
            _text.Append(part);
        }
    }

    public override string ToString() => IsFull ? Cut(_text.ToString(), most) : _text.ToString();

    /// <summary>At most so many characters, none of them half.</summary>
    internal static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;

        var end = Math.Max(0, most - 1);
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
