using System.Diagnostics;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Chat.Commands;

/// <summary>
/// The one way in for what people say: a slash command, plain words, a button, a form that comes back. It finds the command, checks the role (again for
/// each click), reads the words, and always answers: with what the command says, with help, or with a sentence about what went wrong.
/// </summary>
public sealed partial class CommandRouter(CommandCatalog catalog, Roles roles, ILogger<CommandRouter> log)
{
    /// <summary>Words from a person: "/oncall who", "oncall who" or "@bot oncall who".</summary>
    public async Task<Answer> Text(Speaker by, string text, CancellationToken cancel)
    {
        var words = Spoken(text);
        var found = catalog.Find(words);
        if (found is not { } match)
        {
            Telemetry.Commands.Add(1, new TagList { { "command", "unknown" }, { "outcome", "help" } });
            return CommandGuide.ForWords(catalog, [.. words.Select(word => word.Text)]);
        }

        if (match.Behind is [var only] && only.Text.ToLowerInvariant() is "help" or "--help" or "-h" or "?")
        {
            return Answer.Show(CommandGuide.Of(match.Command.Help));
        }

        var (values, fault) = CommandReader.Read(match.Command.Help, match.Behind, text);
        return values is null
            ? Answer.Refuse(Markup.Plain(fault) + Markup.Of($"\nUsage: `{Markup.Plain(match.Command.Help.Usage)}`"))
            : await Run(match.Command, new Invocation(by, Means.Text, values), cancel);
    }

    /// <summary>Whether such words may change something: a request to do so has to be remembered until it is done.</summary>
    public bool Changes(string text) => catalog.Find(Spoken(text)) is { Command.Help.Reads: false };

    /// <summary>Whether such a click may change something.</summary>
    public bool ChangesByAction(string actionId, string value) => catalog.ByAction(actionId, value) is { Help.Reads: false };

    /// <summary>A click. Null when there is no such action.</summary>
    public async Task<Answer?> Click(Speaker by, string actionId, string value, CancellationToken cancel) =>
        catalog.ByAction(actionId, value) is { } command
            ? await Run(command, new Invocation(by, Means.Button, Subject(command, value)), cancel)
            : null;

    /// <summary>A form that was filled in. Null when its command is no longer there.</summary>
    public async Task<Answer?> Submit(Speaker by, Form form, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        if (catalog.ByWords(form.Command) is not { } command)
        {
            return null;
        }

        var missing = form.Fields
            .Where(field => field.Required && string.IsNullOrWhiteSpace(values.GetValueOrDefault(field.Name)))
            .DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name, field => $"{field.Label} is needed.");
        return missing.Count > 0
            ? new Answer { Errors = missing, Refused = true }
            : await Run(command, new Invocation(by, Means.Form, Subject(command, form.Subject)) { Form = values, OpenedOn = form.OpenedOn }, cancel);
    }

    /// <summary>The words without the bot's name and the slash in front.</summary>
    private static List<Word> Spoken(string text)
    {
        var words = Words.Split(text).ToList();
        if (words is [{ Text: ['@', ..] }, ..])
        {
            words.RemoveAt(0);
        }

        if (words is [var first, ..])
        {
            words[0] = first with { Text = first.Text.TrimStart('/') };
            words.RemoveAll(word => word.Text.Length == 0);
        }

        return words;
    }

    private static Dictionary<string, string> Subject(ICommand command, string value) =>
        command.Help.Arguments is [var first, ..] && value.Length > 0 ? new() { [first.Name] = value } : [];

    private async Task<Answer> Run(ICommand command, Invocation call, CancellationToken cancel)
    {
        var (person, words) = (call.By.Person.Id, command.Help.Words);
        if (!await roles.Has(call.By.Person, command.Help.Needs, cancel) || (call.By.Person.IsOutside && !command.Help.Reads))
        {
            Count(words, "forbidden");
            LogForbidden(person, words, command.Help.Needs);
            return Answer.Refuse(Markup.Plain(roles.Refusal(command.Help.Needs, call.By.Person)));
        }

        try
        {
            var answer = await command.Run(call, cancel);
            Count(words, answer.Refused ? "refused" : "done");
            // Who only looks, and many do, leaves no line: it is counted.
            LogDone(command.Help.Reads ? LogLevel.Debug : LogLevel.Information, person, words, call.Means, command.Help.Arguments is [var first, ..] ? call[first.Name] : null, answer.Refused ? "refused" : "done");
            return answer;
        }
        catch (StoreException fault)
        {
            Count(words, "failed");
            LogFailed(fault, person, words);
            return Answer.Refuse(Markup.Of($"The store does not work at the moment, so I cannot say whether that was done: {fault.Message}"));
        }
        catch (Exception fault) when (fault is not AlreadyDoneException && !cancel.IsCancellationRequested)
        {
            Count(words, "failed");
            LogFailed(fault, person, words);
            return Answer.Refuse(Markup.Of($"That went wrong on my side ({fault.GetType().Name}); the log says more. Look with `/alert list` before you try again."));
        }
    }

    private static void Count(string words, string outcome) => Telemetry.Commands.Add(1, new TagList { { "command", words }, { "outcome", outcome } });

    [LoggerMessage("{Person}: {Command} {Subject} by {Means}: {Outcome}")]
    private partial void LogDone(LogLevel level, string person, string command, Means means, string? subject, string outcome);

    [LoggerMessage(LogLevel.Warning, "{Person} may not {Command}: it needs {Role}")]
    private partial void LogForbidden(string person, string command, Role role);

    [LoggerMessage(LogLevel.Error, "{Person}: {Command} failed")]
    private partial void LogFailed(Exception fault, string person, string command);
}
