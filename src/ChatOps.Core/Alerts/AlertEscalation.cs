using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>Telling people, step by step, until somebody acknowledges. The timer is <see cref="Escalation.DueAt"/>, in the document: a restart changes nothing.</summary>
internal static class AlertEscalation
{
    private static readonly Actor Policy = new("ChatOps", "escalation policy");

    /// <summary>The alert's first step, at once or when its wait is over.</summary>
    public static Decision<Alert>.Changed Begin(this Alert alert, EscalationPlan plan, Actor by, Markup opening, Instant now)
    {
        var first = plan.PolicyOf(alert).Steps[0];
        if (first.After > Duration.Zero)
        {
            var (waiting, entry) = alert.Write(by, now, opening);
            return new(waiting with { Escalation = new Escalation { DueAt = now + first.After, OnCall = plan.OnCall(alert.Route, now), ThenWords = plan.Whom(first.Tell, alert.Route, now).Then } }, entry);
        }

        return alert.TellNext(plan, by, opening + Markup.Of($" "), now);
    }

    /// <summary>What the alert's timer does when it is due; nothing when it is not, or no longer.</summary>
    public static Decision<Alert> Due(this Alert alert, EscalationPlan plan, Instant now)
    {
        if (alert.DueAt is not { } due || due > now)
        {
            return new Decision<Alert>.Kept();
        }

        if (alert.Silenced is not null)
        {
            return alert.SilenceEnds(plan, Policy, now);
        }

        if (alert.Snoozed is { } snooze)
        {
            return alert.SnoozeEnds(snooze, plan, Policy, now);
        }

        if (alert.Acknowledgement is not { } ack)
        {
            return alert.TellNext(plan, Policy, Markup.Empty, now);
        }

        var remindAfter = plan.PolicyOf(alert).RemindAfter;
        if (alert.Escalation.RemindedAt is null)
        {
            var handOn = now + remindAfter;
            var (reminded, entry) = alert.Write(Policy, now, Markup.Of(
                $"{Markup.Mention(ack.By)}, you acknowledged this {WallClock.SaySpan(now - ack.At)} ago and it is not resolved. Resolve it or escalate it; otherwise it is handed on, {WallClock.Say(handOn, alert.TimeZone)}."));
            return new Decision<Alert>.Changed(reminded with { Escalation = alert.Escalation with { RemindedAt = now, DueAt = handOn } }, entry);
        }

        var unclaimed = alert with { Acknowledgement = null, Escalation = alert.Escalation with { RemindedAt = null } };
        return unclaimed.TellSomebodyElse(plan, Policy, Markup.Of($"{Markup.Mention(ack.By)} had it since {WallClock.Say(ack.At, alert.TimeZone)} and did not answer, so it is handed on. "), now, except: ack.By);
    }

    /// <summary>Tells the next step (and those right behind it that need no wait), and sets the timer for the one after.</summary>
    public static Decision<Alert>.Changed TellNext(this Alert alert, EscalationPlan plan, Actor by, Markup reason, Instant now)
    {
        var policy = plan.PolicyOf(alert);
        var (round, next) = (alert.Escalation.Round, alert.Escalation.Next);
        if (next >= policy.Steps.Count)
        {
            (round, next) = (round + 1, 0);
        }

        if (round > policy.Repeat)
        {
            var (ended, last) = alert.Write(by, now, reason + Markup.Of(
                $"Nobody acknowledged, and I went through all steps {(policy.Repeat == 0 ? "once" : $"{policy.Repeat + 1} times")}: I stop telling now. It stays open until somebody acknowledges or resolves it."));
            return new(ended with { Escalation = alert.Escalation with { DueAt = null, ThenWords = null } }, last with { Aloud = true });
        }

        var words = new List<Markup>();
        var people = new List<string>();
        var called = alert.Called.ToList();
        var pages = alert.Pages;
        var first = next;
        do
        {
            var told = plan.Whom(policy.Steps[next].Tell, alert.Route, now);
            words.Add(told.Words);
            people.AddRange(told.People.Except(people));
            if (told.Channel is { } channel)
            {
                called.Add(channel);
            }

            pages += told.Pager ? 1 : 0;

            next++;
        }
        while (next < policy.Steps.Count && policy.Steps[next].After == Duration.Zero);

        var steps = next - first > 1 ? $"steps {first + 1} to {next}" : $"step {next}";
        var again = round > 0 ? $", round {round + 1} of {policy.Repeat + 1}" : "";
        var (written, entry) = alert.Write(by, now, reason + Markup.Of($"{Markup.Join("; ", words)} ({steps} of {policy.Steps.Count}{again})."));
        var wait = next < policy.Steps.Count ? policy.Steps[next].After : policy.RestartAfter;
        var then = policy.Steps[next < policy.Steps.Count ? next : 0];
        var ends = next >= policy.Steps.Count && round >= policy.Repeat;
        return new(
            written with
            {
                Snoozed = null,
                Silenced = null,
                Called = [.. called.Distinct()],
                Pages = pages,
                Escalation = new Escalation
                {
                    Round = round,
                    Next = next,
                    DueAt = now + wait,
                    OnCall = plan.OnCall(alert.Route, now),
                    Told = people,
                    ToldAt = now,
                    ThenWords = ends ? null : plan.Whom(then.Tell, alert.Route, now + wait).Then,
                },
            },
            // That it opened is the card's news; that nobody answered is the channel's.
            entry with { Aloud = alert.Entries > 0 });
    }

    /// <summary>By hand, or when <paramref name="except"/> does not answer: on to the first step that tells somebody new, else to the last.</summary>
    public static Decision<Alert>.Changed TellSomebodyElse(this Alert alert, EscalationPlan plan, Actor by, Markup reason, Instant now, string? except = null)
    {
        var policy = plan.PolicyOf(alert);
        var known = alert.Escalation.Told.Append(by.Person).Append(except ?? by.Person).ToHashSet();
        var last = policy.Steps.Count - 1;
        var target = Enumerable.Range(0, policy.Steps.Count)
            .Skip(alert.Escalation.Next < policy.Steps.Count ? alert.Escalation.Next : 0)
            .FirstOrDefault(
                step => plan.Whom(policy.Steps[step].Tell, alert.Route, now) is var told && (told.Channel is not null || told.Pager || told.People.Any(person => !known.Contains(person))),
                last);
        var told = (alert with { Escalation = alert.Escalation with { Next = target, Round = Math.Min(alert.Escalation.Round, policy.Repeat) } }).TellNext(plan, by, reason, now);
        return told with { Next = told.Next with { Escalation = told.Next.Escalation with { ByHand = except is null ? new Acknowledgement(by.Person, now) : null } } };
    }
}
