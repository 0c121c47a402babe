using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// What a group's signals change, decided from what is stored. First <see cref="Sort"/> finds which episodes open, close or change; then
/// <see cref="Apply"/> makes one alert's next state of it. A repeat that changes nothing sorts into nothing.
/// </summary>
internal static class AlertGrouping
{
    /// <summary>How long after a resolve by hand the same firing, told again, does not open a new alert: monitoring is slower than people.</summary>
    public static readonly Duration Grace = Duration.FromMinutes(15);

    private static readonly Duration BetweenNotes = Duration.FromMinutes(1);

    /// <param name="source">The source's name.</param>
    /// <param name="signals">Of one route.</param>
    /// <param name="latest">The latest episode of each fingerprint, where there is one.</param>
    /// <param name="now">The time of arrival.</param>
    public static IReadOnlyList<EpisodeChange> Sort(string source, IEnumerable<Signal> signals, IReadOnlyDictionary<string, Episode> latest, Instant now)
    {
        var changes = new List<EpisodeChange>();
        // Told twice in one body, firing counts: a false alarm is better than a missed one.
        foreach (var signal in signals.OrderByDescending(signal => signal.Firing).DistinctBy(signal => signal.Fingerprint))
        {
            var known = latest.GetValueOrDefault(signal.Fingerprint);
            if (known is { IsOpen: true })
            {
                var next = signal.Firing ? Told(known, signal) : known with { ClosedAt = now };
                if (next != known)
                {
                    changes.Add(new EpisodeChange(signal.Firing ? ChangeKind.Changed : ChangeKind.Closed, next));
                }
            }
            else if (signal.Firing && known is { ClosedByHand: true } && known.StartsAt == signal.StartsAt && now < known.ClosedAt + Grace)
            {
                changes.Add(new EpisodeChange(ChangeKind.StillFiring, known));
            }
            else if (signal.Firing)
            {
                // The latest of a fingerprint is the last of its ids, also when the clock was set back.
                var opened = known is null ? now : Instant.Max(now, known.OpenedAt + Duration.Epsilon);
                var episode = new Episode(Episode.IdOf(source, signal.Fingerprint, opened), source, signal.Fingerprint, "", AlertFactsReading.NameOf(signal), opened) { StartsAt = signal.StartsAt };
                changes.Add(new EpisodeChange(ChangeKind.Opened, Told(episode, signal)));
            }
        }

        return changes;
    }

    /// <summary>A new alert for episodes that open while none is open for their group; told to nobody while the group is silenced.</summary>
    public static Decision<Alert>.Changed Open(string id, string key, SignalGroup group, AlertRoute route, IReadOnlyList<Signal> firing, IReadOnlyList<EpisodeChange> changes, Silence? silence, EscalationPlan plan, Instant now)
    {
        var episodes = changes.Select(change => change.Episode with { Alert = id }).ToList();
        var alert = new Alert(id, group.Source, key, route, now)
        {
            Facts = AlertFactsReading.Of(group, firing, route, null),
            Firing = episodes.Count,
            Sample = SampleOf(episodes),
            Zone = plan.ZoneOf(route),
            About = group.About,
            ChangedAt = now,
        };
        var opening = Markup.Of($"Opened{(episodes.Count > 1 ? $" with {episodes.Count} alerts" : "")}.");
        var begun = silence?.Holds(now) == true
            ? alert.BeginSilenced(silence, plan, ByOf(group), opening, now)
            : alert.Begin(plan, ByOf(group), opening, now);
        return begun with { Beside = [.. begun.Beside, .. episodes] };
    }

    /// <summary>What the changes make of an open alert.</summary>
    /// <param name="alert">As it is stored.</param>
    /// <param name="group">The body's group, with all that is known of it.</param>
    /// <param name="firing">Those signals of the body that fire and belong to this alert.</param>
    /// <param name="changes">Episodes of this alert.</param>
    /// <param name="open">The first episodes of it that are stored as firing, enough for a sample.</param>
    /// <param name="now">The time of arrival.</param>
    public static Decision<Alert>.Changed Apply(Alert alert, SignalGroup group, IReadOnlyList<Signal> firing, IReadOnlyList<EpisodeChange> changes, IReadOnlyList<Episode> open, Instant now)
    {
        var opened = Of(changes, ChangeKind.Opened).Select(episode => episode with { Alert = alert.Id }).ToList();
        var closed = Of(changes, ChangeKind.Closed);
        var changed = Of(changes, ChangeKind.Changed);
        var left = alert.Firing + opened.Count - closed.Count;
        var next = alert with
        {
            Firing = left,
            Normal = alert.Normal + closed.Count,
            Sample = SampleOf([.. open.Where(episode => closed.All(other => other.Id != episode.Id)).Select(episode => changed.FirstOrDefault(other => other.Id == episode.Id) ?? episode), .. opened]),
            Facts = firing.Count > 0 ? AlertFactsReading.Of(group, firing, alert.Route, firing.Count < left ? alert.Facts : null) : alert.Facts,
            ChangedAt = now,
        };
        List<Document> beside = [.. opened, .. closed, .. changed];
        if (left == 0 && group.Truncated == 0)
        {
            next = next with { Resolution = new Resolution(null, now), Snoozed = null, Silenced = null, Escalation = next.Escalation with { DueAt = null, ThenWords = null } };
            return Noted(next, beside, group, now, Markup.Of($"{(next.Normal > 1 ? $"All {next.Normal} are" : "It is")} back to normal: resolved.") + alert.SilenceGoesOn(now));
        }

        if (opened.Count + closed.Count > 0 && !(now < alert.ChangesNotedAt + BetweenNotes))
        {
            return Noted(next with { ChangesNotedAt = now }, beside, group, now, ChangeWords(opened, closed, left));
        }

        return new(next, beside);
    }

    /// <summary>Says once, in the thread of an alert that somebody resolved, that its source does not agree yet.</summary>
    public static Decision<Alert> StillFiring(Alert alert, SignalGroup group, Instant now)
    {
        if (alert.Resolution is not { By: not null } resolution || alert.ChangesNotedAt >= resolution.At)
        {
            return new Decision<Alert>.Kept();
        }

        var until = Time.WallClock.Say(resolution.At + Grace, alert.TimeZone);
        return Noted(alert with { ChangesNotedAt = now }, [], group, now, Markup.Of($"{group.SourceTitle} still says that it fires. If it does so after {until}, it opens a new alert."));
    }

    public static IReadOnlyList<EpisodeLine> SampleOf(IEnumerable<Episode> episodes) =>
        [.. episodes.OrderBy(episode => episode.OpenedAt).ThenBy(episode => episode.Name, StringComparer.Ordinal).Take(AlertFactsReading.SampleSize).Select(episode => new EpisodeLine(episode.Name, episode.Summary, episode.OpenedAt))];

    private static Decision<Alert>.Changed Noted(Alert alert, IReadOnlyList<Document> beside, SignalGroup group, Instant now, Markup what)
    {
        var (written, entry) = alert.Write(ByOf(group), now, what);
        return new(written, [entry, .. beside]);
    }

    private static Actor ByOf(SignalGroup group) => new(group.SourceTitle, group.Receiver is { } receiver ? $"{group.SourceTitle}, receiver {receiver}" : group.SourceTitle);

    private static Markup ChangeWords(List<Episode> opened, List<Episode> closed, int left) => Markup.Join(" ",
    [
        .. opened.Count > 0 ? [Markup.Of($"{opened.Count} more firing: {Names(opened)}.")] : Array.Empty<Markup>(),
        .. closed.Count > 0 ? [Markup.Of($"Back to normal: {Names(closed)}.")] : Array.Empty<Markup>(),
        Markup.Of($"{left} {(left == 1 ? "is" : "are")} firing now."),
    ]);

    private static string Names(List<Episode> episodes) =>
        string.Join(", ", episodes.Take(5).Select(episode => episode.Name)) + (episodes.Count > 5 ? $" and {episodes.Count - 5} more" : "");

    private static List<Episode> Of(IReadOnlyList<EpisodeChange> changes, ChangeKind kind) =>
        [.. changes.Where(change => change.Kind == kind).Select(change => change.Episode)];

    private static Episode Told(Episode episode, Signal signal) => episode with
    {
        Severity = AlertFactsReading.SeverityOf(signal),
        Summary = AlertFactsReading.Cut(signal.Annotation("summary") ?? signal.Annotation("message"), 300),
        Description = AlertFactsReading.CutLines(signal.Annotation("description"), 1500),
    };
}

internal enum ChangeKind
{
    Opened,

    /// <summary>It fires as before, but what is said about it is new.</summary>
    Changed,
    Closed,

    /// <summary>Somebody has just resolved it by hand and the source has not noticed yet.</summary>
    StillFiring,
}

internal sealed record EpisodeChange(ChangeKind Kind, Episode Episode);
