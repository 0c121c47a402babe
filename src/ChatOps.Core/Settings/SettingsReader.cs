using Microsoft.Extensions.Configuration;
using NodaTime;

namespace ChatOps.Core.Settings;

/// <summary>
/// Reads settings and gathers everything that is wrong with them, so that all of it is said at once: which key, what about it, and how to set it.
/// A faulty value reads as its default, for the reading to go on.
/// </summary>
public sealed class SettingsReader
{
    private readonly IConfiguration _section;
    private readonly string _path;
    private readonly List<string> _faults;

    public SettingsReader(IConfiguration root)
        : this(root, "", [])
    {
    }

    private SettingsReader(IConfiguration section, string path, List<string> faults) => (_section, _path, _faults) = (section, path, faults);

    /// <summary>One sentence for each thing that is wrong.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The last part of the section's path: a policy's name, a list entry's number.</summary>
    public string Name => _path.Split(':')[^1];

    public SettingsReader Section(string name) => new(_section.GetSection(name), Path(name), _faults);

    /// <summary>The sections below one, in order: list entries, or things by their names.</summary>
    public IEnumerable<SettingsReader> Sections(string name) =>
        _section.GetSection(name).GetChildren().Select(child => new SettingsReader(child, $"{Path(name)}:{child.Key}", _faults));

    /// <summary>The sections directly below this one.</summary>
    public IEnumerable<SettingsReader> Children() => _section.GetChildren().Select(child => new SettingsReader(child, Path(child.Key), _faults));

    /// <summary>Whether anything is set there, or below it.</summary>
    public bool Has(string key) => _section.GetSection(key).Exists();

    /// <summary>The text, or null when it is not set or empty.</summary>
    public string? Text(string key) => _section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (!bool.TryParse(text, out var value))
        {
            Fault(key, $"\"{text}\" is neither true nor false");
            return otherwise;
        }

        return value;
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (!int.TryParse(text, out var value) || value < least || value > most)
        {
            Fault(key, $"\"{text}\" is not a number from {least} to {most}");
            return otherwise;
        }

        return value;
    }

    /// <summary>A span: 00:05:00, 5m, 4h, 1d.</summary>
    public Duration Span(string key, Duration otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (ReadSpan(text) is not { } span)
        {
            Fault(key, $"\"{text}\" is not a span of time: write it as 00:05:00 or 5m");
            return otherwise;
        }

        return span;
    }

    /// <summary>A list of words: entries of their own, or one text with commas. Null when it is not set, empty when it is set to nothing.</summary>
    public IReadOnlyList<string>? List(string key)
    {
        var children = _section.GetSection(key).GetChildren().ToList();
        if (children.FirstOrDefault(child => child.Value is null) is { } nested)
        {
            Fault($"{key}:{nested.Key}", "is not a word: this is a list of words");
        }

        var entries = children.Select(child => child.Value);
        var words = entries.Append(_section[key])
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return words.Count > 0 || _section[key] is not null ? words : null;
    }

    public IReadOnlyDictionary<string, string> Pairs(string key) =>
        _section.GetSection(key).GetChildren().Where(child => child.Value is not null).ToDictionary(child => child.Key, child => child.Value!);

    /// <summary>Everything below, by keys in which a colon leads on: Args:_amount:max.</summary>
    public IReadOnlyDictionary<string, string> Flat()
    {
        var flat = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Walk(_section, "");
        return flat;

        void Walk(IConfiguration at, string path)
        {
            foreach (var child in at.GetChildren())
            {
                if (child.Value is { } value)
                {
                    flat[path + child.Key] = value;
                }

                Walk(child, $"{path}{child.Key}:");
            }
        }
    }

    public void Fault(string key, string what) => _faults.Add($"{Path(key)}: {what}{(what.EndsWith('?') ? "" : ".")}");

    /// <summary>Says which settings there are here; any other is most likely misspelt.</summary>
    public void Knows(params string[] keys)
    {
        foreach (var child in _section.GetChildren().Where(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Fault(child.Key, $"there is no such setting; there {(keys.Length == 1 ? "is" : "are")} {string.Join(", ", keys)}");
        }
    }

    private static Duration? ReadSpan(string text)
    {
        if (text.Length > 1 && char.IsAsciiLetter(text[^1]) && double.TryParse(text[..^1], out var amount) && amount is >= 0 and < 100_000)
        {
            return char.ToLowerInvariant(text[^1]) switch
            {
                's' => Duration.FromSeconds(amount),
                'm' => Duration.FromMinutes(amount),
                'h' => Duration.FromHours(amount),
                'd' => Duration.FromDays(amount),
                'w' => Duration.FromDays(7 * amount),
                _ => null,
            };
        }

        return TimeSpan.TryParse(text, out var span) && span >= TimeSpan.Zero && text.Contains(':') || text == "0" ? Duration.FromTimeSpan(span) : null;
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}:{key}";
}
