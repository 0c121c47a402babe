namespace ChatOps.Core.Chat.Commands;

/// <summary>Reads the words behind a command by what its help says it takes.</summary>
internal static class CommandReader
{
    /// <summary>The values by name, or a sentence that says what is wrong.</summary>
    public static (IReadOnlyDictionary<string, string>? Words, string? Fault) Read(CommandHelp help, IReadOnlyList<string> words)
    {
        var values = new Dictionary<string, string>();
        var loose = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith("--", StringComparison.Ordinal) || word.Length == 2)
            {
                loose.Add(word);
                continue;
            }

            var (name, value) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, null);
            var option = help.Options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase));
            if (option is null)
            {
                return (null, UnknownOption(help, name));
            }

            if (option.Flag)
            {
                values[option.Name] = "";
            }
            else if (value is not null)
            {
                values[option.Name] = value;
            }
            else
            {
                // Without quotes a value goes on to the next option: --at next monday 10:00.
                var until = i + 1;
                while (until < words.Count && !words[until].StartsWith("--", StringComparison.Ordinal))
                {
                    until++;
                }

                if (until == i + 1)
                {
                    return (null, $"{option.Name} needs a value: {option.Summary}.");
                }

                values[option.Name] = string.Join(' ', words.Skip(i + 1).Take(until - i - 1));
                i = until - 1;
            }
        }

        return Arguments(help, loose, values) is { } fault ? (null, fault) : (values, null);
    }

    private static string? Arguments(CommandHelp help, List<string> loose, Dictionary<string, string> values)
    {
        for (var i = 0; i < help.Arguments.Count; i++)
        {
            var argument = help.Arguments[i];
            if (i < loose.Count)
            {
                values[argument.Name] = argument.Rest ? string.Join(' ', loose.Skip(i)) : loose[i];
            }
            else if (argument.Required)
            {
                return $"I need to know the {argument.Name}: {argument.Summary}.";
            }
        }

        return loose.Count > help.Arguments.Count && !help.Arguments.Any(argument => argument.Rest)
            ? $"I do not know what to do with \"{string.Join(' ', loose.Skip(help.Arguments.Count))}\"."
            : null;
    }

    private static string UnknownOption(CommandHelp help, string name) => help.Options.Count == 0
        ? $"/{help.Words} takes no options, so not {name}."
        : NearestWord.To(name, help.Options.Select(option => option.Name)) is { } near
            ? $"I do not know {name}. Did you mean {near}?"
            : $"I do not know {name}. It takes {string.Join(", ", help.Options.Select(option => option.Name))}.";
}
