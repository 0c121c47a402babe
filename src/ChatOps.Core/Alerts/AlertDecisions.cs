using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>What people may do with an alert. Each gives the next alert with its history entry, or a refusal that says who was faster.</summary>
internal static class AlertDecisions
{
    private static readonly Duration BetweenEscalations = Duration.FromMinutes(1);

    public static Decision<Alert> Acknowledge(this Alert alert, EscalationPlan plan, Actor by, Instant now)
    {
        if (alert.Resolution is { } resolved)
        {
            return AlreadyResolved(alert, resolved);
        }

        if (alert.SilencedAt(now) is { } silence)
        {
            return AlertSilencing.IsSilenced(alert, silence);
        }

        if (alert.Acknowledgement is { } ack)
        {
            var since = WallClock.Say(ack.At, alert.TimeZone);
            return Refuse(ack.By == by.Person ? Markup.Of($"You have {alert.Id} already, since {since}.") : Markup.Of($"{Markup.Mention(ack.By)} has {alert.Id} since {since}."));
        }

        var (written, entry) = alert.Write(by, now, Markup.Of($"**{by.Person}** acknowledged it.") + alert.EndsSnooze());
        return new Decision<Alert>.Changed(
            written with
            {
                Acknowledgement = new Acknowledgement(by.Person, now),
                Snoozed = null,
                Silenced = null,
                Escalation = alert.Escalation.Reminding(plan.PolicyOf(alert), now),
            },
            entry);
    }

    /// <summary>Two who escalate at once, or one who presses twice, tell people once.</summary>
    public static Decision<Alert> Escalate(this Alert alert, EscalationPlan plan, Actor by, Instant now) => alert switch
    {
        { Resolution: { } resolved } => AlreadyResolved(alert, resolved),
        _ when alert.SilencedAt(now) is { } silence => AlertSilencing.IsSilenced(alert, silence),
        { Escalation.ByHand: { } hand } when now - hand.At < BetweenEscalations => Refuse(Markup.Of(
            $"{(hand.By == by.Person ? Markup.Of($"You") : Markup.Mention(hand.By))} escalated {alert.Id} {(now - hand.At < Duration.FromSeconds(1) ? "just now" : $"{WallClock.SaySpan(now - hand.At)} ago")}: {alert.Escalation.ToldWords}.")),
        { Acknowledgement: { } ack } => (alert with { Acknowledgement = null }).TellSomebodyElse(plan, by, ack.By == by.Person
            ? Markup.Of($"**{by.Person}** had it and escalated it. ")
            : Markup.Of($"**{by.Person}** escalated it; {Markup.Mention(ack.By)} had it since {WallClock.Say(ack.At, alert.TimeZone)}. "), now),
        _ => alert.TellSomebodyElse(plan, by, Markup.Of($"**{by.Person}** escalated it.{alert.EndsSnooze()} "), now),
    };

    /// <summary>Closes the alert and, with it, what is still firing: those who say so know better than the monitoring, for a while.</summary>
    public static Decision<Alert> Resolve(this Alert alert, IReadOnlyList<Episode> open, Actor by, Instant now)
    {
        if (alert.Resolution is { } resolved)
        {
            return AlreadyResolved(alert, resolved);
        }

        var still = open.Count > 0 && alert.About is null ? Markup.Of($" {alert.Facts.SourceTitle} has not said yet that {(open.Count == 1 ? "it is" : $"the {open.Count} are")} back to normal.") : Markup.Empty;
        var (written, entry) = alert.Write(by, now, Markup.Of($"**{by.Person}** resolved it.") + still + alert.SilenceGoesOn(now));
        return new Decision<Alert>.Changed(
            written with
            {
                Resolution = new Resolution(by.Person, now),
                Snoozed = null,
                Silenced = null,
                Firing = 0,
                Sample = [],
                Escalation = alert.Escalation with { DueAt = null, ThenWords = null },
            },
            [entry, .. open.Select(episode => episode with { ClosedAt = now, ClosedByHand = true })]);
    }

    /// <summary>Shows who is on call now, after a handoff or a sign-up.</summary>
    public static Decision<Alert> OnCallNow(this Alert alert, EscalationPlan plan, Instant now) =>
        alert.IsOpen && plan.OnCall(alert.Route, now) is var people && !people.SequenceEqual(alert.Escalation.OnCall)
            ? new Decision<Alert>.Changed(alert with { ChangedAt = now, Escalation = alert.Escalation with { OnCall = people } })
            : new Decision<Alert>.Kept();

    public static Decision<Alert> Note(this Alert alert, Actor by, string text, Instant now)
    {
        if (alert.Condensed is not null)
        {
            return Refuse(Markup.Of($"{alert.Id} takes no more notes. ") + alert.CondensedWords());
        }

        var (written, entry) = alert.Write(by, now, Markup.Of($"**{by.Person}** notes: {text}"));
        return new Decision<Alert>.Changed(written, entry);
    }

    public static Markup ResolvedWords(Alert alert, Resolution resolved) => resolved.By is { } by
        ? Markup.Of($"resolved by {Markup.Mention(by)}, {WallClock.Say(resolved.At, alert.TimeZone)}")
        : Markup.Of($"resolved by {alert.Facts.SourceTitle}, {WallClock.Say(resolved.At, alert.TimeZone)}");

    public static Markup Missing(string id) => Markup.Of($"There is no alert {id}. `/alert list` shows those that are open.");

    public static Decision<Alert>.Refused AlreadyResolved(Alert alert, Resolution resolved) =>
        Refuse(Markup.Of($"{alert.Id} is over: it was {ResolvedWords(alert, resolved)}."));

    public static Decision<Alert>.Refused Refuse(Markup why) => new(why);
}
