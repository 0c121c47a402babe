using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>
/// An alert that a person raises. It goes the way of every other: routes, policies, acknowledgement. Anybody may, so one person may only so often: what is paged by the
/// hundred tells nobody anything, and stands before others' alerts.
/// </summary>
internal sealed class PageCommand(AlertIntake intake, IStore store, TimeProvider clock) : ICommand
{
    public const string Action = "page";

    private const string Source = "manual";
    private const string What = "what";
    private const string Urgency = "severity";
    private const string Known = "known";
    private const int LongestWhat = 150;
    private const int LongestKnown = 1500;
    private const int MostPages = 3;

    private static readonly Duration Within = Duration.FromMinutes(5);

    private static readonly Choice[] Severities = [.. new[] { Severity.Critical, Severity.Error, Severity.Warning, Severity.Info }.Select(severity => new Choice(severity.Say(), severity.Say()))];

    private readonly Turnstile _turnstile = new();

    public CommandHelp Help { get; } = new("oncall page", "Tell whoever is on call: raises an alert by hand; without the words a form asks for them", Role.Everyone)
    {
        Arguments = [new(What, "what is wrong, in a line") { Rest = true }],
        Example = "/oncall page mail-01 loses messages",
        ActionId = Action,
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var what = string.Join(' ', (call.Form.GetValueOrDefault(What) ?? call[What] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var known = call.Form.GetValueOrDefault(Known)?.Trim() ?? "";
        if (call.Means == Means.Button || what.Length == 0)
        {
            return Answer.Open(FormFor(what));
        }

        return what.Length > LongestWhat ? Wrong(call, What, $"At most {LongestWhat} characters; these are {what.Length}.")
            : known.Length > LongestKnown ? Wrong(call, Known, $"At most {LongestKnown} characters; these are {known.Length}.")
            : await _turnstile.Pass(call.By.Person.Id, () => Raise(call, what, call.Form.GetValueOrDefault(Urgency) ?? Severity.Critical.Say(), known, cancel), cancel);
    }

    private async Task<Answer> Raise(Invocation call, string what, string severity, string known, CancellationToken cancel)
    {
        var now = clock.Now();
        var recent = await store.List(Index<Episode>.Id, Keys.Between(Episode.PrefixOf(Source, FingerprintOf(call, now - Within)), Episode.PrefixOf(Source, FingerprintOf(call, now)) + "~"), MostPages, cancel: cancel);
        if (recent.Count == MostPages)
        {
            var last = recent[^1].Alert;
            return Answer.Refuse(Markup.Of($"You have paged {MostPages} times within {WallClock.SaySpan(Within)}: {string.Join(", ", recent.Select(episode => episode.Alert))}. Whoever is on call has been told. If nobody answers, press Escalate on the card of {last}, or write `/alert escalate {last}`: that tells the next people at once. What else is to be said goes in its thread, with `/alert note {last}`."));
        }

        // Each page is a firing of its own, whatever was paged before in the same words.
        var fingerprint = FingerprintOf(call, now);
        var signal = new Signal(
            fingerprint,
            Firing: true,
            new Dictionary<string, string> { ["alertname"] = what, ["severity"] = severity, ["raised_by"] = call.By.Person.Id },
            new Dictionary<string, string> { ["summary"] = known });
        await intake.Receive([new SignalGroup(Source, fingerprint, [signal]) { SourceTitle = call.By.Person.Name }], cancel);
        return await store.List(Index<Episode>.Id, Keys.Prefix(Episode.PrefixOf(Source, fingerprint)), 1, cancel: cancel) is [var episode] && await store.Find<Alert>(episode.Alert, cancel) is { } alert
            ? Answer.Say(Markup.Of($"{alert.Id} is raised in #{alert.Route.Channel}: {alert.Escalation.ToldWords}."))
            : Answer.Say(Markup.Of($"It is raised."));
    }

    private static string FingerprintOf(Invocation call, Instant at) => $"{call.By.Person.Id}-{Keys.At(at)}";

    private Form FormFor(string what) => new(Help.Words, "", 0, "Page on-call",
    [
        new(What, "What is wrong", FieldKind.Text, Required: true) { Value = what.Length > LongestWhat ? what[..LongestWhat] : what, Hint = "In a line." },
        new(Urgency, "How bad", FieldKind.Select, Required: true) { Value = Severity.Critical.Say(), Options = Severities },
        new(Known, "What is known", FieldKind.Multiline) { Hint = "Since when, who is affected, what was tried." },
    ], "Page");

    private static Answer Wrong(Invocation call, string field, string why) => call.Means == Means.Form ? Answer.Wrong(field, why) : Answer.Refuse(Markup.Plain(why));
}
