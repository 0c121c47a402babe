using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// One alert whose timer sleeps until an end: the next step, or the reminder of whoever has it. Its state stays as it was; whoever acts on it ends the sleep.
/// </summary>
internal static class AlertSnoozing
{
    /// <param name="alert">The alert.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="named">Whether they named an end; only that changes a snooze that is there.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision<Alert> Snooze(this Alert alert, Quiet asked, bool named, Actor by, Instant now)
    {
        if (alert.Resolution is { } resolved)
        {
            return AlertDecisions.AlreadyResolved(alert, resolved);
        }

        if (alert.SilencedAt(now) is { } silence)
        {
            return AlertSilencing.IsSilenced(alert, silence);
        }

        if (alert.Acknowledgement is { } ack && ack.By != by.Person)
        {
            return AlertDecisions.Refuse(Markup.Of($"{Markup.Mention(ack.By)} has {alert.Id} since {WallClock.Say(ack.At, alert.TimeZone)}: only who has it can snooze it."));
        }

        var known = alert.Snoozed is { } snooze && snooze.Holds(now) ? snooze : null;
        if (known is not null && (!named || known.Until == asked.Until))
        {
            return AlertDecisions.Refuse(Markup.Of($"{alert.Id} is snoozed already, by {Markup.Mention(known.By)} until {known.UntilWords(alert)}. `/alert snooze {alert.Id} --for 1h` gives it another end."));
        }

        if (!named && alert.LateClickWords(by, now, "snooze") is { } late)
        {
            return AlertDecisions.Refuse(late);
        }

        var instead = known is null ? "" : $" instead of until {known.UntilWords(alert)}";
        var (written, entry) = alert.Write(by, now, Markup.Of($"**{by.Person}** snoozed it until {asked.UntilWords(alert)}{instead}.{(alert.Acknowledgement is null ? " Nobody has it." : "")}"));
        return new Decision<Alert>.Changed(
            written with
            {
                Silenced = null,
                Snoozed = asked,
                Roused = null,
                Escalation = alert.Escalation with { DueAt = asked.Until, HeldAt = alert.Snoozed is null ? alert.Escalation.DueAt : alert.Escalation.HeldAt, RemindedAt = null },
            },
            entry);
    }

    /// <summary>By hand, before its end.</summary>
    public static Decision<Alert> Wake(this Alert alert, EscalationPlan plan, Actor by, Instant now)
    {
        if (alert.Resolution is { } resolved)
        {
            return AlertDecisions.AlreadyResolved(alert, resolved);
        }

        if (alert.Snoozed is null)
        {
            return AlertDecisions.Refuse(alert.Roused is { } last && alert.Silenced is null
                ? Markup.Of($"{alert.Id} is not snoozed any more: {Markup.Mention(last.By)} ended the quiet, {WallClock.Say(last.At, alert.TimeZone)}.")
                : Markup.Of($"{alert.Id} is not snoozed."));
        }

        var roused = alert with { Roused = new Acknowledgement(by.Person, now) };
        if (alert.Acknowledgement is null)
        {
            return roused.GoOn(plan, by, Markup.Of($"**{by.Person}** woke it."), now);
        }

        var (awake, entry) = roused.Write(by, now, Markup.Of($"**{by.Person}** woke it. {Markup.Mention(alert.Acknowledgement.By)} has it."));
        return new Decision<Alert>.Changed(awake with { Snoozed = null, Escalation = alert.Escalation.Reminding(plan.PolicyOf(alert), now) }, entry);
    }

    /// <summary>The snooze is over: who has it is reminded, else the telling goes on.</summary>
    public static Decision<Alert>.Changed SnoozeEnds(this Alert alert, Quiet snooze, EscalationPlan plan, Actor by, Instant now)
    {
        if (alert.Acknowledgement is not { } ack)
        {
            return alert.GoOn(plan, by, Markup.Of($"The snooze by **{snooze.By}** ended and it still fires."), now);
        }

        var escalation = alert.Escalation.Reminding(plan.PolicyOf(alert), now) with { RemindedAt = now };
        var otherwise = escalation.DueAt is { } handOn ? $"; otherwise it is handed on, {WallClock.Say(handOn, alert.TimeZone)}" : "";
        var (reminded, entry) = alert.Write(by, now, Markup.Of(
            $"{Markup.Mention(ack.By)}, your snooze ended and this is not resolved. Resolve it, escalate it or snooze it again{otherwise}."));
        return new(reminded with { Snoozed = null, Escalation = escalation }, entry);
    }

    /// <summary>Said by what ends a snooze without being asked for it.</summary>
    public static Markup EndsSnooze(this Alert alert) => alert.Snoozed is { } snooze ? Markup.Of($" That ends the snooze by **{snooze.By}**.") : Markup.Empty;

    /// <summary>The timer of an acknowledgement, from now.</summary>
    public static Escalation Reminding(this Escalation escalation, EscalationPolicy policy, Instant now) =>
        escalation with { DueAt = policy.RemindAfter > Duration.Zero ? now + policy.RemindAfter : null, HeldAt = null, RemindedAt = null, ThenWords = null };

    // Where it was: a step whose time has not come waits for it, one whose time has passed is told at once. When all steps were used up before, they start
    // over: somebody asked to hear of it again.
    private static Decision<Alert>.Changed GoOn(this Alert alert, EscalationPlan plan, Actor by, Markup reason, Instant now)
    {
        var policy = plan.PolicyOf(alert);
        var awake = alert with { Snoozed = null, Escalation = alert.Escalation with { DueAt = alert.Escalation.HeldAt, HeldAt = null } };
        if (awake.Escalation.DueAt > now)
        {
            var (waiting, entry) = awake.Write(by, now, reason);
            return new(waiting, entry);
        }

        var usedUp = alert.Escalation.Next >= policy.Steps.Count && alert.Escalation.Round >= policy.Repeat;
        return (usedUp ? awake with { Escalation = awake.Escalation with { Round = 0, Next = 0 } } : awake).TellNext(plan, by, reason + Markup.Of($" "), now);
    }
}
