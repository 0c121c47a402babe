using System.Globalization;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>Reads types, parameters and signatures as people write them. Throws <see cref="FormatException"/>: it reads what the project and its settings say, never calldata.</summary>
internal ref struct AbiText(ReadOnlySpan<char> text)
{
    private static readonly string TooDeep = $"types stand more than {AbiType.MaxDepth} deep in one another";

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _depth;

    internal delegate T Reading<T>(ref AbiText reader);

    private readonly char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>Reads all of a text.</summary>
    public static T Whole<T>(string text, Reading<T> read)
    {
        var reader = new AbiText(text);
        var result = read(ref reader);
        reader.Blanks();
        return reader._at == text.Length ? result : throw new FormatException($"{reader.Rest()} is not understood at the end");
    }

    /// <summary>A type with the brackets behind it.</summary>
    public AbiType Type()
    {
        Blanks();
        if (++_depth > AbiType.MaxDepth)
            throw new FormatException(TooDeep);

        var word = Word();
        AbiType type = word is "" or "tuple" ? new AbiType.Tuple(Parameters()) : Elementary(word);
        return Brackets(type, _depth--);
    }

    /// <summary>The brackets behind a type.</summary>
    /// <param name="type">What stands before them.</param>
    /// <param name="depth">How deep that stands.</param>
    public AbiType Brackets(AbiType type, int depth)
    {
        while (Accept('['))
        {
            var end = _text[_at..].IndexOf(']');
            var count = end < 0 ? throw new FormatException("a [ has no ]") : _text.Slice(_at, end).Trim();
            var length = 0;
            if (++depth > AbiType.MaxDepth)
                throw new FormatException(TooDeep);
            if (!count.IsEmpty && !(int.TryParse(count, NumberStyles.None, null, out length) && length <= AbiType.MaxWeight))
                throw new FormatException($"[{count}] is no length of an array");

            type = new AbiType.Array(type, count.IsEmpty ? null : length);
            _at += end + 1;
        }

        return type;
    }

    /// <summary>Parameters in parentheses, with or without names.</summary>
    public List<AbiParameter> Parameters()
    {
        if (!Accept('('))
            throw new FormatException(_at == _text.Length ? "it ends where a ( is due" : $"a ( is due before {Rest()}");

        List<AbiParameter> parameters = [];
        while (!Accept(')'))
        {
            if (parameters.Count > 0 && !Accept(','))
                throw new FormatException(_at == _text.Length ? "a ( has no )" : $"a , or a ) is due before {Rest()}");

            parameters.Add(Parameter());
        }

        return parameters;
    }

    /// <summary>The next word, or nothing where none stands.</summary>
    public string Word()
    {
        Blanks();
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || Next is '_' or '$')
        {
            _at++;
        }

        return _text[start.._at].ToString();
    }

    private static AbiType Elementary(string word) => word switch
    {
        "address" => new AbiType.Account(),
        "bool" => new AbiType.Truth(),
        "bytes" => new AbiType.Bytes(),
        "string" => new AbiType.Text(),
        "function" => new AbiType.FixedBytes(24, "function"),
        "uint" => new AbiType.Number(256, false),
        "int" => new AbiType.Number(256, true),
        _ when Number(word, "uint") is { } bits and >= 8 and <= 256 && bits % 8 == 0 => new AbiType.Number(bits, false),
        _ when Number(word, "int") is { } bits and >= 8 and <= 256 && bits % 8 == 0 => new AbiType.Number(bits, true),
        _ when Number(word, "bytes") is { } size and >= 1 and <= 32 => new AbiType.FixedBytes(size),
        _ => throw new FormatException($"{word} is not a type of the ABI"),
    };

    private static int? Number(string word, string prefix) =>
        word.StartsWith(prefix, StringComparison.Ordinal) && word.Length - prefix.Length is >= 1 and <= 3 && word[prefix.Length] != '0'
        && int.TryParse(word.AsSpan(prefix.Length), NumberStyles.None, null, out var number) ? number : null;

    private AbiParameter Parameter()
    {
        var type = Type();
        var indexed = false;
        while (true)
        {
            // Where the compiler keeps it, and that an address may be sent ether, changes nothing in the encoding.
            switch (Word())
            {
                case "indexed":
                    indexed = true;
                    break;
                case "memory" or "calldata" or "payable":
                    break;
                case var name:
                    return new AbiParameter(name, type, indexed);
            }
        }
    }

    private bool Accept(char sign)
    {
        Blanks();
        if (Next != sign)
            return false;

        _at++;
        return true;
    }

    private void Blanks()
    {
        while (Next is ' ' or '\t')
        {
            _at++;
        }
    }

    private readonly string Rest() => _text.Length - _at > 40 ? $"{_text.Slice(_at, 40)}…" : _text[_at..].ToString();
}
