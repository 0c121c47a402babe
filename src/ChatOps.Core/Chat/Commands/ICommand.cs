using ChatOps.Core.People;

namespace ChatOps.Core.Chat.Commands;

/// <summary>
/// Something a person can ask for. A slash command, a button, a form that comes back and plain words all arrive here through the router, which has
/// checked the role and read the words by what <see cref="Help"/> says.
/// </summary>
public interface ICommand
{
    CommandHelp Help { get; }

    Task<Answer> Run(Invocation call, CancellationToken cancel);
}

/// <summary>What a command is called, takes and needs: help, completion, parsing and the README's table come from it.</summary>
/// <param name="Words">How it is called, without the slash: "oncall who".</param>
/// <param name="Summary">One line that says what it does.</param>
/// <param name="Needs">Who may use it, by whichever way it arrives.</param>
public sealed record CommandHelp(string Words, string Summary, Role Needs)
{
    /// <summary>What follows the words, in order.</summary>
    public IReadOnlyList<Parameter> Arguments { get; init; } = [];

    /// <summary>What may stand anywhere behind them, each with a value unless it is a flag.</summary>
    public IReadOnlyList<Parameter> Options { get; init; } = [];

    /// <summary>It only looks: doing it twice does no harm, and nothing has to be remembered of it.</summary>
    public bool Reads { get; init; }

    /// <summary>One that works, with the slash.</summary>
    public required string Example { get; init; }

    /// <summary>The constant that buttons of this command carry, or null when it has none. Never changed: posted cards outlive deployments.</summary>
    public string? ActionId { get; init; }

    /// <summary>The series of ids that its buttons are about, such as T, where another command has the same action for another; null: it has the action alone.</summary>
    public string? ActionOn { get; init; }

    public string Usage => string.Join(' ',
    [
        "/" + Words,
        .. Arguments.Select(argument => argument.Required ? argument.Name : $"[{argument.Name}]"),
        .. Options.Select(option => option.Flag ? $"[{option.Name}]" : $"[{option.Name} {option.Value}]"),
    ]);
}

/// <param name="Name">An argument's word, or an option with its dashes: "alert", "--at".</param>
/// <param name="Summary">What it is.</param>
public sealed record Parameter(string Name, string Summary)
{
    public bool Required { get; init; }

    /// <summary>Whether a word can be meant for it; one that cannot is left for the next argument. Null: any can.</summary>
    public Func<string, bool>? Fits { get; init; }

    /// <summary>The last argument may take all that is left, as it was typed.</summary>
    public bool Rest { get; init; }

    /// <summary>An option without a value.</summary>
    public bool Flag { get; init; }

    /// <summary>What an option's value is called: T, N.</summary>
    public string Value { get; init; } = "T";
}
