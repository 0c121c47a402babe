using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// A group that is quiet until an end: nobody is told, whatever fires in it. Only its end and <see cref="Lift"/> end it. Every change of a
/// <see cref="Silence"/> goes in one commit with the group's open alert, where there is one, so that the two never disagree.
/// </summary>
internal static class AlertSilencing
{
    // A click that comes so soon after another's lift was meant for the card as it was before.
    private static readonly Duration LateClick = Duration.FromMinutes(1);

    /// <param name="alert">An open alert of the group.</param>
    /// <param name="stored">The group's silence as it is stored, or null.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="named">Whether they named an end; only that changes a silence that is there.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision<Alert> Silence(this Alert alert, Silence? stored, Quiet asked, bool named, Actor by, Instant now)
    {
        if (alert.Resolution is { } resolved)
        {
            return AlertDecisions.AlreadyResolved(alert, resolved);
        }

        var known = alert.SilencedAt(now);
        if (known is not null && (!named || (known.Until == asked.Until && known.Why == asked.Why)))
        {
            return AlertDecisions.Refuse(Markup.Of($"{alert.Id} is silenced already, by {Markup.Mention(known.By)} until {known.UntilWords(alert)}. `/alert silence {alert.Id} --for 2h` gives it another end."));
        }

        if (!named && alert.LateClickWords(by, now, "silence") is { } late)
        {
            return AlertDecisions.Refuse(late);
        }

        var instead = known is null || known.Until == asked.Until ? "" : $" instead of until {known.UntilWords(alert)}";
        var (written, entry) = alert.Write(by, now, Markup.Of(
            $"**{by.Person}** silenced it until {asked.UntilWords(alert)}{instead}: until then nobody is told of this group.{(asked.Why is { } why ? $" Why: {why}" : "")}"));
        return new Decision<Alert>.Changed(
            written with
            {
                Silenced = asked,
                Snoozed = null,
                Roused = null,
                Escalation = alert.Escalation with { DueAt = asked.Until, HeldAt = null, ThenWords = null },
            },
            entry,
            (stored ?? new Silence(alert.Key, alert.Id, asked)) with { Alert = alert.Id, Quiet = asked, Lifted = null });
    }

    /// <summary>By hand, before its end. Who had the alert still has it; else it fires, from the first step on.</summary>
    /// <param name="alert">The group's open alert; where none is open, the one that was named.</param>
    /// <param name="stored">The group's silence as it is stored, or null.</param>
    /// <param name="plan">Whom to tell.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision<Alert> Lift(this Alert alert, Silence? stored, EscalationPlan plan, Actor by, Instant now)
    {
        if (stored is null || !stored.Holds(now))
        {
            return AlertDecisions.Refuse(alert.NotSilenced(stored));
        }

        var lift = new Acknowledgement(by.Person, now);
        var lifted = stored with { Lifted = lift };
        var loud = alert with { Silenced = null, Roused = lift };
        if (alert.Condensed is not null)
        {
            return new Decision<Alert>.Changed(loud, lifted);
        }

        if (!alert.IsOpen)
        {
            var (over, said) = loud.Write(by, now, Markup.Of($"**{by.Person}** lifted the silence: when this group fires again, people are told."));
            return new Decision<Alert>.Changed(over, said, lifted);
        }

        if (alert.Acknowledgement is { } ack)
        {
            var (held, said) = loud.Write(by, now, Markup.Of($"**{by.Person}** lifted the silence. {Markup.Mention(ack.By)} has it since {WallClock.Say(ack.At, alert.TimeZone)}."));
            return new Decision<Alert>.Changed(held with { Escalation = alert.Escalation.Reminding(plan.PolicyOf(alert), now) }, said, lifted);
        }

        var begun = (loud with { Escalation = new Escalation() }).Begin(plan, by, Markup.Of($"**{by.Person}** lifted the silence and it still fires."), now);
        return begun with { Beside = [.. begun.Beside, lifted] };
    }

    /// <summary>The silence is over and the alert still open: it fires as if it were new. Whoever had it before the silence has to take it again.</summary>
    public static Decision<Alert>.Changed SilenceEnds(this Alert alert, EscalationPlan plan, Actor by, Instant now) =>
        (alert with { Silenced = null, Acknowledgement = null, Escalation = new Escalation() }).Begin(
            plan, by, Markup.Of($"The silence ended and it still fires.{(alert.Acknowledgement is { } ack ? $" {ack.By} had it before." : "")}"), now);

    /// <summary>A new alert of a group that is silenced.</summary>
    public static Decision<Alert>.Changed BeginSilenced(this Alert alert, Silence silence, EscalationPlan plan, Actor by, Markup opening, Instant now)
    {
        // A name and not a mention: it would call somebody about an alert of which nobody is told.
        var (written, entry) = alert.Write(by, now, opening + Markup.Of($" **{silence.Quiet.By}** silenced this group until {silence.Quiet.UntilWords(alert)}, so nobody is told."));
        return new(
            written with
            {
                Silenced = silence.Quiet,
                Escalation = new Escalation { DueAt = silence.Quiet.Until, OnCall = plan.OnCall(alert.Route, now) },
            },
            entry,
            silence with { Alert = alert.Id });
    }

    /// <summary>The silence that holds now; one whose end has come and whose timer has not run yet does not.</summary>
    public static Quiet? SilencedAt(this Alert alert, Instant now) => alert.Silenced is { } silence && silence.Holds(now) ? silence : null;

    /// <summary>Why something that would tell people is not done.</summary>
    public static Decision<Alert>.Refused IsSilenced(Alert alert, Quiet silence) => AlertDecisions.Refuse(Markup.Of(
        $"{alert.Id} is silenced by {Markup.Mention(silence.By)} until {silence.UntilWords(alert)}: nobody is told of it. `/alert unsilence {alert.Id}` lifts that."));

    /// <summary>Said when a silenced alert is resolved.</summary>
    public static Markup SilenceGoesOn(this Alert alert, Instant now) => alert.SilencedAt(now) is { } silence
        ? Markup.Of($" The silence of its group goes on until {silence.UntilWords(alert)}: what fires again before that is not told. `/alert unsilence {alert.Id}` lifts it.")
        : Markup.Empty;

    /// <summary>
    /// Somebody else has just ended the quiet, and who presses now may not have seen it. With an end it is done all the same: nobody names one by accident.
    /// </summary>
    public static Markup? LateClickWords(this Alert alert, Actor by, Instant now, string command) =>
        alert.Roused is { } roused && roused.By != by.Person && now - roused.At < LateClick
            ? Markup.Of($"{Markup.Mention(roused.By)} has just ended the quiet of {alert.Id} ({(roused.At == now ? "just now" : $"{WallClock.SaySpan(now - roused.At)} ago")}), so I leave it as it is. To {command} it all the same, say for how long: `/alert {command} {alert.Id} --for 1h`.")
            : null;

    private static Markup NotSilenced(this Alert alert, Silence? silence) => silence switch
    {
        null => Markup.Of($"{alert.Id} is not silenced."),
        { Lifted: { } lifted } => Markup.Of($"{alert.Id} is not silenced any more: {Markup.Mention(lifted.By)} lifted it, {WallClock.Say(lifted.At, alert.TimeZone, silence.Quiet.At)}."),
        _ => Markup.Of($"{alert.Id} is not silenced any more: the silence ended, {silence.Quiet.UntilWords(alert)}."),
    };
}
