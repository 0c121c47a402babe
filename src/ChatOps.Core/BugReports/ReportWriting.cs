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

    private static readonly Duration FirstWait = Duration.FromSeconds(10);
    private static readonly Duration LongestWait = Duration.FromMinutes(10);

    /// <summary>The report with one more entry, and the entry. Whatever happens to it makes it loud.</summary>
    public static (BugReport Report, HistoryEntry Entry) Write(this BugReport report, Actor by, Instant now, Markup what) =>
        (report with { Entries = report.Entries + 1, ChangedAt = now, Quiet = false }, HistoryEntry.Next(report, by, now, what));

    public static BugReport Wants(this BugReport report, params IEnumerable<ReportEffect> effects) => report with { Effects = [.. report.Effects, .. effects] };

    /// <summary>The first effect is tried now. A comment is remembered before it leaves, because its echo may be faster than its answer.</summary>
    public static Decision<BugReport> Begin(this BugReport report, ReportEffect effect, Instant now)
    {
        if (report.Effects is not [var first, ..] || !first.Is(effect))
        {
            return new Decision<BugReport>.Kept();
        }

        var begun = report.Next(first with { Tries = first.Tries + 1 });
        return new Decision<BugReport>.Changed(first is { Kind: EffectKind.Comment or EffectKind.ChangeState, Tries: 0, Text: { } text }
            ? begun with { Sent = [.. report.Sent.Append(new SentComment(text, first.Internal, now)).TakeLast(MostSent)] }
            : begun);
    }

    public static Decision<BugReport> Failed(this BugReport report, string fault, Duration? retryAfter, Instant now)
    {
        var first = report.Effects[0];
        var doubled = FirstWait * Math.Pow(2, Math.Min(first.Tries - 1, 10));
        return new Decision<BugReport>.Changed(report.Next(first with { Fault = fault, NextAt = now + (retryAfter ?? Duration.Min(doubled, LongestWait)) }) with { ChangedAt = now });
    }

    /// <summary>It can never be done: somebody has to.</summary>
    public static Decision<BugReport> GaveUp(this BugReport report, string fault, Instant now)
    {
        var first = report.Effects[0];
        var (written, entry) = report.Done().Write(Itself(first), now, Markup.Of($"{Markup.Mention(first.By)}, I cannot write {first.Words}: {fault} Please do it by hand, or try again when that is mended."));
        return new Decision<BugReport>.Changed(written, entry with { Aloud = true });
    }

    /// <summary>A comment, a reference or a state is written: what stands in the thread already needs no second entry.</summary>
    public static Decision<BugReport> Wrote(this BugReport report, Instant now) => new Decision<BugReport>.Changed(report.Done() with
    {
        ChangedAt = now,
        Facts = report.Effects[0] is { Kind: EffectKind.ChangeState, State: { } state } ? report.Facts with { State = state, UpdatedAt = now } : report.Facts,
    });

    /// <summary>The issue is there: the clock stops, and the inbox is told.</summary>
    public static Decision<BugReport> HasIssue(this BugReport report, IssueState issue, bool tellInbox, Instant now)
    {
        var first = report.Effects[0];
        var name = $"{issue.Reference.Repository}#{issue.Reference.Number}";
        var dropped = Dropped(first.Draft, issue);
        var stops = report.ClockRuns ? $" The clock stops." : "";
        var (written, entry) = report.Done().Write(
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
    public static Decision<BugReport> Looked(this BugReport report, IssueState? issue, string tracker, Instant now)
    {
        if (report.Issue is not { } known)
        {
            return new Decision<BugReport>.Kept();
        }

        if (issue is null)
        {
            return new Decision<BugReport>.Changed(report with { Issue = known with { LookedAt = now } });
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

    private static BugReport Next(this BugReport report, ReportEffect first) => report with { Effects = [first, .. report.Effects.Skip(1)] };

    private static BugReport Done(this BugReport report) => report with { Effects = [.. report.Effects.Skip(1)] };

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
