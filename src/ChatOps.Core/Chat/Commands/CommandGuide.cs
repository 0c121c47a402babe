namespace ChatOps.Core.Chat.Commands;

/// <summary>Help in words, made from what the commands say of themselves.</summary>
public static class CommandGuide
{
    /// <summary>The help of one command.</summary>
    public static Card Of(CommandHelp help) => new($"/{help.Words}", CardState.Info)
    {
        Text = Markup.Lines(
        [
            Markup.Plain(help.Summary + "."),
            Markup.Of($"Usage: `{Markup.Plain(help.Usage)}`"),
            .. help.Arguments.Concat(help.Options).Select(parameter => Markup.Of($"• `{Markup.Plain(parameter.Name)}` {parameter.Summary}")),
            Markup.Of($"Example: `{Markup.Plain(help.Example)}`"),
        ]),
        Context = help.Needs == People.Role.Everyone ? Markup.Empty : Markup.Of($"For {(help.Needs == People.Role.Admin ? "admins" : "responders")}."),
    };

    /// <summary>What to answer when no command has these words: all of them, those of a group, or what was perhaps meant.</summary>
    internal static Answer ForWords(CommandCatalog catalog, IReadOnlyList<string> words)
    {
        var group = words.Count > 0 ? words[0].ToLowerInvariant() : "";
        if (words.Count == 0 || IsHelp(group))
        {
            return words.Count > 1 ? ForWords(catalog, [.. words.Skip(1)]) : Answer.Show(Overview(catalog, "What I can do", catalog.All));
        }

        var members = catalog.All.Where(command => command.Help.Words.StartsWith(group + " ", StringComparison.Ordinal)).ToList();
        if (members.Count > 0 && (words.Count == 1 || IsHelp(words[1])))
        {
            return words.Count > 2 && catalog.ByWords($"{group} {words[2].ToLowerInvariant()}") is { } one
                ? Answer.Show(Of(one.Help))
                : Answer.Show(Overview(catalog, $"/{group}", members));
        }

        var typed = string.Join(' ', words.Take(2));
        var near = NearestWord.AllTo(typed, catalog.All.Select(command => command.Help.Words))
            .Concat(words.Count > 1 && words[1].Length > 2 ? members.Select(command => command.Help.Words).Where(known => words[1].StartsWith(known.Split(' ')[^1], StringComparison.OrdinalIgnoreCase) || known.Split(' ')[^1].StartsWith(words[1], StringComparison.OrdinalIgnoreCase)) : [])
            .Concat(NearestWord.AllTo(group, catalog.Groups).Where(_ => members.Count == 0))
            .Concat(catalog.All.Select(command => command.Help.Words).Where(known => known.EndsWith(" " + group, StringComparison.Ordinal)))
            .Distinct().Take(3).ToList();
        var guess = near.Count > 0
            ? Markup.Of($" Did you mean {Markup.Join(" or ", near.Select(words => Markup.Of($"`/{Markup.Plain(words)}`")))}?")
            : Markup.Empty;
        var known = Markup.Join(" ", (members.Count > 0 ? members.Select(command => command.Help.Words) : catalog.Groups).Select(words => Markup.Of($"`/{Markup.Plain(words)}`")));
        return Answer.Refuse(Markup.Of($"I do not know \"{typed}\".{guess}\nI know {known}; with `help` behind it each says more."));
    }

    private static bool IsHelp(string word) => word.ToLowerInvariant() is "help" or "?" or "--help" or "-h";

    private static Card Overview(CommandCatalog catalog, string title, IReadOnlyList<ICommand> commands) => new(title, CardState.Info)
    {
        Text = Markup.Lines(commands.Select(command => Markup.Of($"`{Markup.Plain(command.Help.Usage)}` {command.Help.Summary}"))),
        Context = Markup.Of($"Add `help` to a command for more, for example `{Markup.Plain($"/{commands[0].Help.Words} help")}`."),
    };
}
