namespace ChatOps.Core.Chat.Commands;

/// <summary>All commands there are, found by their words or by a button's action.</summary>
public sealed class CommandCatalog
{
    private readonly Dictionary<string, ICommand> _byWords;
    private readonly Dictionary<string, ICommand> _byAction;
    private readonly int _longest;

    public CommandCatalog(IEnumerable<ICommand> commands)
    {
        All = [.. commands.OrderBy(command => command.Help.Words, StringComparer.Ordinal)];
        _byWords = All.ToDictionary(command => command.Help.Words);
        _byAction = All.Where(command => command.Help.ActionId is not null).ToDictionary(command => command.Help.ActionId!);
        _longest = All.Max(command => command.Help.Words.Split(' ').Length);
    }

    public IReadOnlyList<ICommand> All { get; }

    /// <summary>The first words of all commands: oncall, alert.</summary>
    public IEnumerable<string> Groups => All.Select(command => command.Help.Words.Split(' ')[0]).Distinct();

    public ICommand? ByWords(string words) => _byWords.GetValueOrDefault(words);

    public ICommand? ByAction(string actionId) => _byAction.GetValueOrDefault(actionId);

    /// <summary>The command with the most words that what was typed begins with, and the words behind it.</summary>
    internal (ICommand Command, IReadOnlyList<Word> Behind)? Find(IReadOnlyList<Word> typed)
    {
        for (var length = Math.Min(_longest, typed.Count); length > 0; length--)
        {
            if (ByWords(string.Join(' ', typed.Take(length).Select(word => word.Text)).ToLowerInvariant()) is { } command)
            {
                return (command, [.. typed.Skip(length)]);
            }
        }

        return null;
    }
}
