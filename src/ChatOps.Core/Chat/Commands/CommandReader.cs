namespace ChatOps.Core.Chat.Commands;

/// <summary>Reads the words behind a command by what its help says it takes.</summary>
internal static class CommandReader
{
    /// <summary>The values by name, or a sentence that says what is wrong.</summary>
    /// <param name="help">What the command takes.</param>
    /// <param name="words">The words behind it.</param>
    /// <param name="typed">All that was typed, for an argument that takes the rest of it.</param>
    public static (IReadOnlyDictionary<string, string>? Values, string? Fault) Read(CommandHelp help, IReadOnlyList<Word> words, string typed)
    {
        var values = new Dictionary<string, string>();
        var arguments = new Queue<Parameter>(help.Arguments);
        for (var i = 0; i < words.Count; i++)
        {
            while (arguments.TryPeek(out var unfit) && unfit is { Required: false, Fits: { } fits } && !words[i].IsOption && !fits(words[i].Text))
            {
                arguments.Dequeue();
            }

            if (arguments.TryPeek(out var rest) && rest.Rest)
            {
                values[rest.Name] = typed[words[i].Start..].Trim();
                return (values, null);
            }

            if (words[i].IsOption)
            {
                if (ReadOption(help, words, ref i, values) is { } fault)
                {
                    return (null, fault);
                }
            }
            else if (arguments.TryDequeue(out var argument))
            {
                values[argument.Name] = words[i].Text;
            }
            else
            {
                return (null, $"I do not know what to do with \"{string.Join(' ', words.Skip(i).Select(word => word.Text))}\".");
            }
        }

        return arguments.FirstOrDefault(argument => argument.Required) is { } missing
            ? (null, $"I need to know the {missing.Name}: {missing.Summary}.")
            : (values, null);
    }

    private static string? ReadOption(CommandHelp help, IReadOnlyList<Word> words, ref int i, Dictionary<string, string> values)
    {
        var (name, value) = words[i].Text.Split('=', 2) is [var left, var right] ? (left, right) : (words[i].Text, null);
        var option = help.Options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase));
        if (option is null)
        {
            return UnknownOption(help, name);
        }

        if (option.Flag || value is not null)
        {
            values[option.Name] = value ?? "";
            return null;
        }

        // Without quotes a value goes on to the next option: --at next monday 10:00.
        var parts = words.Skip(i + 1).TakeWhile(word => !word.IsOption).Select(word => word.Text).ToList();
        if (parts.Count == 0)
        {
            return $"{option.Name} needs a value: {option.Summary}.";
        }

        values[option.Name] = string.Join(' ', parts);
        i += parts.Count;
        return null;
    }

    private static string UnknownOption(CommandHelp help, string name) => help.Options.Count == 0
        ? $"/{help.Words} takes no options, so not {name}."
        : NearestWord.To(name, help.Options.Select(option => option.Name)) is { } near
            ? $"I do not know {name}. Did you mean {near}?"
            : $"I do not know {name}. It takes {string.Join(", ", help.Options.Select(option => option.Name))}.";
}
