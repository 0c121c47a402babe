namespace ChatOps.Core.Chat.Commands;

/// <summary>All commands there are, found by their words or by a button's action.</summary>
public sealed class CommandCatalog
{
    private readonly Dictionary<string, ICommand> _byWords;
    private readonly Dictionary<(string Action, string? On), ICommand> _byAction;
    private readonly int _longest;

    public CommandCatalog(IEnumerable<ICommand> commands)
    {
        All = [.. commands.OrderBy(command => command.Help.Words, StringComparer.Ordinal)];
        _byWords = All.ToDictionary(command => command.Help.Words);
        _byAction = All.Where(command => command.Help.ActionId is not null).ToDictionary(command => (command.Help.ActionId!, command.Help.ActionOn));
        _longest = All.Max(command => command.Help.Words.Split(' ').Length);
    }

    public IReadOnlyList<ICommand> All { get; }

    /// <summary>The first words of all commands: oncall, alert.</summary>
    public IEnumerable<string> Groups => All.Select(command => command.Help.Words.Split(' ')[0]).Distinct();

    public ICommand? ByWords(string words) => _byWords.GetValueOrDefault(words);

    /// <param name="actionId">What the button carries.</param>
    /// <param name="subject">What it is about, such as T-5: one action may be another command for each series of ids.</param>
    public ICommand? ByAction(string actionId, string subject) =>
        _byAction.GetValueOrDefault((actionId, subject.Split('-')[0])) ?? _byAction.GetValueOrDefault((actionId, null));

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
