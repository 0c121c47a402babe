using ChatOps.Core.BugReports;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.History;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>The history stands in the thread of the alert's card; this gives it in one piece to whoever asks.</summary>
internal sealed class HistoryCommand(AlertService alerts, Roles roles) : ICommand
{
    public const string Action = "history";

    public CommandHelp Help { get; } = new("alert history", "Who did what with an alert, when and from where", Role.Everyone)
    {
        Reads = true,
        Arguments = [AlertWords.Which],
        Example = "/alert history A-12",
        ActionId = Action,
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        // A card may have a history and no alert: what is only to be looked at, for example.
        var subject = call[AlertWords.Name]?.Trim().ToUpperInvariant() ?? "";
        if (subject.Length == 0 || AlertWords.IdOf(subject) is not null || await alerts.About(subject, cancel) is not null)
        {
            return await OfAlert(call, cancel);
        }

        // What a report's commands ask for is asked for here as well.
        if (SubjectId.Read(subject, BugReport.Series) is not null && !await roles.Has(call.By.Person, Role.Responder, cancel))
        {
            return Answer.Refuse(Markup.Plain(roles.Refusal(Role.Responder, call.By.Person)));
        }

        return await alerts.History(subject, cancel) is { Count: > 0 } entries
            ? Answer.Show(new Card($"{subject}: what happened", CardState.Info) { Text = Lines(entries), Context = Thread })
            : await OfAlert(call, cancel);
    }

    private Task<Answer> OfAlert(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => await alerts.Find(id, cancel) is { } alert
            ? Answer.Show(new Card($"{id}: {alert.Facts.Title}", AlertCard.StateOf(alert))
            {
                Text = alert.Condensed is null ? Lines(await Entries(alert, cancel)) : alert.CondensedWords(),
                Context = alert.Condensed is null ? Thread : Markup.Empty,
            })
            : Answer.Refuse(Markup.Of($"There is no alert {id}.")),
        cancel);

    private static Markup Thread { get; } = Markup.Of($"The same stands in the thread of its card.");

    private static Markup Lines(IEnumerable<HistoryEntry> entries) => Markup.Lines(entries.Select(entry => entry.Line));

    private async Task<IEnumerable<HistoryEntry>> Entries(Alert alert, CancellationToken cancel)
    {
        var entries = await alerts.History(alert.Id, cancel);
        return alert.About is { } about ? (await alerts.History(about.Id, cancel)).Concat(entries).OrderBy(entry => entry.At) : entries;
    }
}
