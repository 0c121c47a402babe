using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.People;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What becomes of things that are to be written elsewhere, as pure transitions.</summary>
internal static class ReportWriting
{
    private const int MostSent = 50;
    private const int MostGivenUp = 20;

    private static readonly Duration FirstWait = Duration.FromSeconds(10);
    private static readonly Duration LongestWait = Duration.FromMinutes(10);

    /// <summary>The report with one more entry, and the entry. Whatever happens to it makes it loud, and what was late before we began has its whole time from then.</summary>
    public static (BugReport Report, HistoryEntry Entry) Write(this BugReport report, Actor by, Instant now, Markup what)
    {
        var loud = report is { Quiet: true, Clock: { } clock } ? report with { Quiet = false, AlarmTold = false, Clock = clock.Anew(now) } : report with { Quiet = false };
        return (loud with { Entries = report.Entries + 1, ChangedAt = now }, HistoryEntry.Next(report, by, now, what));
    }

    public static BugReport Wants(this BugReport report, params IEnumerable<ReportEffect> effects) => report with { Effects = [.. report.Effects, .. effects] };

    /// <summary>The effect is tried now. A comment is remembered before it leaves, because its echo may be faster than its answer.</summary>
    public static Decision<BugReport> Begin(this BugReport report, ReportEffect effect, Instant now)
    {
        if (!report.StillWants(effect))
        {
            return new Decision<BugReport>.Kept();
        }

        var begun = report.Put(effect, effect with { Tries = effect.Tries + 1 });
        return new Decision<BugReport>.Changed(effect is { Kind: EffectKind.Comment or EffectKind.ChangeState, Tries: 0, Text: { } text }
            ? begun with { Sent = [.. report.Sent.Append(new SentComment(text, effect.Internal, now)).TakeLast(MostSent)] }
            : begun);
    }

    public static Decision<BugReport> Failed(this BugReport report, ReportEffect effect, string fault, Duration? retryAfter, Instant now)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(effect.Tries - 1, 10));
        return new Decision<BugReport>.Changed(report.Put(effect, effect with { Fault = fault, NextAt = now + (retryAfter ?? Duration.Min(doubled, LongestWait)) }) with { ChangedAt = now });
    }

    /// <summary>It can never be done: somebody has to.</summary>
    public static Decision<BugReport> GaveUp(this BugReport report, ReportEffect effect, string fault, Instant now)
    {
        var (written, entry) = report.Put(effect, null).Write(Itself(effect), now, Markup.Of(
            $"{Markup.Mention(effect.By)}, I cannot write {effect.Words}: {fault} Please do it by hand, or try again when that is mended. `/reports unsent {report.Id}` shows you what you wrote."));
        var begunIn = effect.Draft is { } draft ? report.BegunIn.Append(draft.Repository).Distinct(StringComparer.OrdinalIgnoreCase) : report.BegunIn;
        return new Decision<BugReport>.Changed(written with { BegunIn = [.. begunIn], GivenUp = [.. report.GivenUp.Append(effect with { Fault = fault }).TakeLast(MostGivenUp)] }, entry with { Aloud = true });
    }

    /// <summary>A comment, a reference or a state is written: what stands in the thread already needs no second entry.</summary>
    /// <param name="report">Which.</param>
    /// <param name="effect">What is written.</param>
    /// <param name="writtenAt">The platform's own time of a change of state; null: what is known of its times stays.</param>
    /// <param name="now">When.</param>
    public static Decision<BugReport> Wrote(this BugReport report, ReportEffect effect, Instant? writtenAt, Instant now) => new Decision<BugReport>.Changed(report.Put(effect, null) with
    {
        ChangedAt = now,
        // News of what happened after that may be here already.
        Facts = effect is { Kind: EffectKind.ChangeState, State: { } state } && !(report.Facts.UpdatedAt > writtenAt)
            ? report.Facts with { State = state, OwnWord = null, UpdatedAt = writtenAt ?? report.Facts.UpdatedAt }
            : report.Facts,
    });

    /// <summary>The issue is there: the clock stops, and the inbox is told.</summary>
    public static Decision<BugReport> HasIssue(this BugReport report, ReportEffect first, IssueState issue, bool tellInbox, Instant now)
    {
        var name = $"{issue.Reference.Repository}#{issue.Reference.Number}";
        var dropped = Dropped(first.Draft, issue);
        var stops = report.ClockRuns ? $" The clock stops." : "";
        var (written, entry) = report.Put(first, null).Write(
            Itself(first), now, Markup.Of($"{(first.Kind == EffectKind.CreateIssue ? "Created" : "Linked")} {Markup.Link(name, issue.Url.AbsoluteUri)} for **{first.By}**.{stops}") + dropped);
        var next = written with
        {
            Issue = new ReportIssue(issue.Reference, issue.Url.AbsoluteUri, issue.Title, issue.Closed, now),
            Handled = report.Handled ?? new Handling(first.By, now, $"issue {name}"),
        };
        return new Decision<BugReport>.Changed(
            tellInbox ? next.Wants(new ReportEffect(EffectKind.WriteReference, first.By, now, now) { Text = issue.Url.AbsoluteUri }) : next,
            entry with { Aloud = !dropped.IsEmpty });
    }

    /// <summary>What a look at the issue shows; null: it is gone.</summary>
    public static Decision<BugReport> Looked(this BugReport report, ReportIssue looked, IssueState? issue, string tracker, Instant now)
    {
        if (report.Issue is not { } known || known.Reference != looked.Reference)
        {
            return new Decision<BugReport>.Kept();
        }

        if (issue is null)
        {
            return report.SaysOnce(
                known with { LookedAt = now, Gone = true, Fault = null }, known.Gone, tracker, now, Markup.Of($"The issue {known.Name} is gone: somebody deleted it. Create or link another if there is still something to mend."));
        }

        // One that was moved is where it is now.
        var seen = new ReportIssue(issue.Reference, issue.Url.AbsoluteUri, issue.Title, issue.Closed, now);
        if (issue.Closed == known.Closed)
        {
            return new Decision<BugReport>.Changed(report with { Issue = seen });
        }

        var (written, entry) = report.Write(new Actor(tracker, tracker), now, Markup.Of($"{Markup.Link($"{seen.Reference.Repository}#{seen.Reference.Number}", seen.Url)} was {(issue.Closed ? "closed" : "opened again")}."));
        return new Decision<BugReport>.Changed(written with { Issue = seen }, entry);
    }

    /// <summary>Whether that very try is still wanted.</summary>
    public static bool StillWants(this BugReport report, ReportEffect effect) => report.Effects.Any(each => each.Is(effect));

    /// <summary>The effect in another's place; null: it is done.</summary>
    private static BugReport Put(this BugReport report, ReportEffect effect, ReportEffect? next)
    {
        var at = report.Effects.TakeWhile(each => !each.Is(effect)).Count();
        return report with { Effects = [.. report.Effects.Take(at), .. next is null ? Array.Empty<ReportEffect>() : [next], .. report.Effects.Skip(at + 1)] };
    }

    /// <summary>The issue is none of our tracker's.</summary>
    public static Decision<BugReport> IsElsewhere(this BugReport report, ReportIssue looked) => report.Issue is { } known && known.Reference == looked.Reference
        ? new Decision<BugReport>.Changed(report with { Issue = known with { Elsewhere = true } })
        : new Decision<BugReport>.Kept();

    /// <summary>The issue could not be looked at. What passes by itself is not told.</summary>
    public static Decision<BugReport> NotSeen(this BugReport report, ReportIssue looked, string fault, bool isFinal, string tracker, Instant now) =>
        report.Issue is not { } known || known.Reference != looked.Reference ? new Decision<BugReport>.Kept()
        : !isFinal ? new Decision<BugReport>.Changed(report with { Issue = known with { LookedAt = now } })
        : report.SaysOnce(known with { LookedAt = now, Fault = fault }, known.Fault is not null, tracker, now, Markup.Of($"I cannot see any more whether {known.Name} is closed: {fault}"));

    private static Decision<BugReport> SaysOnce(this BugReport report, ReportIssue issue, bool isSaid, string tracker, Instant now, Markup what)
    {
        if (isSaid)
        {
            return new Decision<BugReport>.Changed(report with { Issue = issue });
        }

        var (written, entry) = report.Write(new Actor(tracker, tracker), now, what);
        return new Decision<BugReport>.Changed(written with { Issue = issue }, entry);
    }

    private static Actor Itself(ReportEffect effect) => new("ChatOps", $"ChatOps for {effect.By}");

    /// <summary>A tracker leaves out what our account may not set, and says nothing.</summary>
    private static Markup Dropped(IssueDraft? draft, IssueState issue)
    {
        var labels = (draft?.Labels ?? []).Except(issue.Labels, StringComparer.OrdinalIgnoreCase).ToList();
        var people = (draft?.Assignees ?? []).Except(issue.Assignees, StringComparer.OrdinalIgnoreCase).ToList();
        return (labels.Count == 0 ? Markup.Empty : Markup.Of($" It did not keep the labels {string.Join(", ", labels)}: add them there by hand."))
            + (people.Count == 0 ? Markup.Empty : Markup.Of($" It is not assigned to {string.Join(", ", people)}, who may have no access: assign it there by hand."));
    }
}
