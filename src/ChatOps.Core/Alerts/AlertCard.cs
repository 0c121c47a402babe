using ChatOps.Core.Alerts.Commands;
using ChatOps.Core.Chat;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>How an alert looks in chat.</summary>
internal static class AlertCard
{
    public static Card Draw(Alert alert) => new(TitleOf(alert), StateOf(alert))
    {
        Text = Markup.Lines([Markup.Plain(alert.Facts.Summary), Markup.Plain(alert.Facts.Description), .. SampleLines(alert), alert.CondensedWords()]),
        Fields = [.. Fields(alert).Where(field => !field.Value.IsEmpty)],
        Buttons = ButtonsOf(alert),
        Context = Markup.Of($"{alert.Id} · {alert.Facts.SourceTitle}{(alert.Facts.Receiver is { } receiver ? $", receiver {receiver}" : "")}"),
    };

    /// <summary>The action of the command that makes an incident of an alert; incidents know alerts, not the other way round.</summary>
    public const string Declare = "declare";

    public static CardState StateOf(Alert alert) => alert switch
    {
        { Resolution: not null } => CardState.Resolved,
        { Silenced: not null } => CardState.Silenced,
        { Acknowledgement: not null } => CardState.Acknowledged,
        _ => CardState.Firing,
    };

    public static IReadOnlyList<Button> ButtonsOf(Alert alert) =>
    [
        .. alert is { IsOpen: true, Acknowledgement: null, Silenced: null } ? [new Button(AckCommand.Action, "Acknowledge", alert.Id, ButtonStyle.Primary)] : Array.Empty<Button>(),
        .. alert is { IsOpen: true, Silenced: null } ? [new Button(EscalateCommand.Action, "Escalate", alert.Id, ButtonStyle.Danger)] : Array.Empty<Button>(),
        .. alert.IsOpen ? [new Button(ResolveCommand.Action, "Resolve", alert.Id)] : Array.Empty<Button>(),
        .. alert is { IsOpen: true, Incident: null } ? [new Button(Declare, "Declare incident", alert.Id)] : Array.Empty<Button>(),
        .. QuietButtons(alert),
        new Button(HistoryCommand.Action, "History", alert.Id),
    ];

    private static IEnumerable<Button> QuietButtons(Alert alert) => alert switch
    {
        { IsOpen: false } => [],
        { Silenced: not null } => [new Button(UnsilenceCommand.Action, "Lift silence", alert.Id)],
        { Snoozed: not null } => [new Button(WakeCommand.Action, "Wake", alert.Id), new Button(SilenceCommand.Action, "Silence", alert.Id)],
        _ => [new Button(SnoozeCommand.Action, "Snooze", alert.Id), new Button(SilenceCommand.Action, "Silence", alert.Id)],
    };

    /// <summary>One line for a list.</summary>
    public static Markup Line(Alert alert) => Markup.Of(
        $"**{alert.Id}** {Word(alert)} · {alert.Facts.Severity.Say()} · {alert.Facts.Title} · since {WallClock.Say(alert.OpenedAt, alert.TimeZone)}{Holder(alert)}{(alert.Condensed is null ? "" : " · condensed")}");

    private static string TitleOf(Alert alert) => alert.Facts.Title;

    private static string Word(Alert alert) => StateOf(alert).ToString().ToLowerInvariant();

    private static Markup Holder(Alert alert) => alert switch
    {
        { Resolution: { } resolved } => Markup.Of($" · {AlertDecisions.ResolvedWords(alert, resolved)}"),
        { Silenced: { } silence } => Markup.Of($" · by **{silence.By}** until {silence.UntilWords(alert)}"),
        { Acknowledgement: { } ack } => Markup.Of($" · {Markup.Mention(ack.By)} has it") + SnoozeInLine(alert),
        _ => SnoozeInLine(alert),
    };

    private static Markup SnoozeInLine(Alert alert) => alert.Snoozed is { } snooze ? Markup.Of($" · snoozed until {snooze.UntilWords(alert)}") : Markup.Empty;

    private static IEnumerable<CardField> Fields(Alert alert)
    {
        var facts = alert.Facts;
        yield return new("Severity", Markup.Plain(facts.Severity.Say()));
        yield return new("Status", Status(alert));
        yield return new("Alerts", Counts(alert));
        yield return new("Since", Markup.Plain(WallClock.Say(alert.OpenedAt, alert.TimeZone)));
        if (alert is { IsOpen: true, Silenced: null })
        {
            yield return new("On call", alert.Escalation.OnCall is { Count: > 0 } people
                ? Markup.Join(", ", people.Select(Markup.Mention))
                : Markup.Of($"nobody for {alert.Route.Rotation}: `/oncall join` signs you up"));
        }

        yield return new("Escalation", Telling(alert));
        foreach (var (name, value) in facts.Labels)
        {
            yield return new(name, Markup.Plain(value));
        }

        yield return new("Incident", Markup.Plain(alert.Incident));
        yield return new("Links", Markup.Join(" · ", facts.Links.Select(link => Markup.Link(link.Name, link.Url))));
    }

    private static Markup Status(Alert alert) => alert switch
    {
        { Resolution: { } resolved } => Markup.Of($"{AlertDecisions.ResolvedWords(alert, resolved)}, after {WallClock.SaySpan(resolved.At - alert.OpenedAt)}"),
        // No mention: a card that is new because a silenced group fires again must call nobody.
        { Silenced: { } silence } => Markup.Of($"silenced by **{silence.By}** until {silence.UntilWords(alert)}: nobody is told{(silence.Why is { } why ? $". Why: {why}" : "")}"),
        { Acknowledgement: { } ack } => Markup.Of($"acknowledged by {Markup.Mention(ack.By)}, {WallClock.Say(ack.At, alert.TimeZone)}") + Sleep(alert),
        _ => Markup.Of($"firing, not acknowledged") + Sleep(alert),
    };

    private static Markup Sleep(Alert alert) => alert.Snoozed is { } snooze ? Markup.Of($". Snoozed by {Markup.Mention(snooze.By)} until {snooze.UntilWords(alert)}") : Markup.Empty;

    private static Markup Counts(Alert alert) =>
        alert.Resolution is { By: not null } || alert.Firing + alert.Normal + alert.Facts.Truncated <= 1 ? Markup.Empty
        : Markup.Of($"{alert.Firing} firing{(alert.Normal > 0 ? $", {alert.Normal} back to normal" : "")}{(alert.Facts.Truncated > 0 ? $", {alert.Facts.Truncated} more not sent by {alert.Facts.SourceTitle}" : "")}");

    /// <summary>Who was told, and who is next.</summary>
    public static Markup Telling(Alert alert)
    {
        if (alert is not { IsOpen: true, Acknowledgement: null, Silenced: null })
        {
            return Markup.Empty;
        }

        var told = alert.Escalation.ToldAt is not { } at ? Markup.Of($"nobody told yet")
            : Markup.Of($"{alert.Escalation.ToldWords}, {WallClock.Say(at, alert.TimeZone)}");
        return alert.Escalation switch
        {
            { DueAt: { } due, ThenWords: { } then } => told + Markup.Of($"; next: {then}, {WallClock.Say(alert.Escalation.HeldAt is { } held ? Instant.Max(due, held) : due, alert.TimeZone)}"),
            { DueAt: null } => told + Markup.Of($"; all steps are used up"),
            _ => told + Markup.Of($"; that was the last step"),
        };
    }

    private static IEnumerable<Markup> SampleLines(Alert alert)
    {
        if (alert.Firing <= 1 || alert.Sample.Count == 0)
        {
            return [];
        }

        var more = alert.Firing - alert.Sample.Count;
        return
        [
            .. alert.Sample.Select(line => line.Summary is { } summary && summary != alert.Facts.Summary ? Markup.Of($"• {line.Name}: {summary}") : Markup.Of($"• {line.Name}")),
            .. more > 0 ? [Markup.Of($"• and {more} more")] : Array.Empty<Markup>(),
        ];
    }
}
