using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Core.Chat.Commands;

/// <summary>What was read from somebody's words, or a sentence that says why not and what works.</summary>
public readonly record struct Parsed<T>
    where T : struct
{
    private readonly T _value;

    public Parsed(T value) => _value = value;

    private Parsed(string refusal) => Refusal = refusal;

    /// <summary>Null when the words were understood.</summary>
    public string? Refusal { get; }

    /// <exception cref="InvalidOperationException">The words were refused: look at <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null ? _value : throw new InvalidOperationException(Refusal);

    internal static Parsed<T> Refused(string why) => new(why);

    /// <summary>True with the value, or false with the sentence.</summary>
    public bool Try(out T value, [NotNullWhen(false)] out string? refusal)
    {
        (value, refusal) = (_value, Refusal);
        return refusal is null;
    }
}
