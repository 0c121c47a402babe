using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>Takes what a source has read: when it returns, all of it is stored for good.</summary>
public sealed partial class AlertIntake(IStore store, Decider decider, EscalationPlans plans, AlertSettings settings, TimeProvider clock, ILogger<AlertIntake> log)
{
    // Each lost race means that another delivery went through.
    private const int Attempts = 50;

    private readonly Turnstile _turnstile = new();

    public async Task Receive(IEnumerable<SignalGroup> groups, CancellationToken cancel)
    {
        foreach (var group in groups)
        {
            foreach (var routed in group.Signals.GroupBy(signal => settings.RouteOf(group.Source, signal)))
            {
                await Receive(group, routed.Key, [.. routed], cancel);
            }
        }
    }

    private Task<bool> Receive(SignalGroup group, AlertRoute route, IReadOnlyList<Signal> signals, CancellationToken cancel) =>
        _turnstile.Pass(KeyOf(group, route), () => Take(group, route, signals, cancel), cancel);

    private async Task<bool> Take(SignalGroup group, AlertRoute route, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.Now();
            var latest = await Latest(group.Source, signals, cancel);
            var changes = AlertGrouping.Sort(group.Source, signals, latest, now);
            var decisions = changes.Count == 0 ? [] : await Decide(group, route, signals, changes, latest, now, cancel);
            if (decisions is null)
            {
                continue; // an alert was resolved while this was being read
            }

            if (decisions.Count == 0 || await decider.Store([.. decisions.SelectMany(decision => decision.Beside.Prepend(decision.Next))], cancel))
            {
                Tell(group, signals, changes, decisions);
                return true;
            }
        }

        throw new StoreException($"The alerts of {group.SourceTitle} changed {Attempts} times while one delivery was being stored.");
    }

    /// <summary>What becomes of the alerts that the changes belong to; null when what was read no longer fits together.</summary>
    private async Task<List<Decision<Alert>.Changed>?> Decide(
        SignalGroup group, AlertRoute route, IReadOnlyList<Signal> signals, IReadOnlyList<EpisodeChange> changes, Dictionary<string, Episode> latest, Instant now, CancellationToken cancel)
    {
        var plan = await plans.Now(cancel);
        var key = KeyOf(group, route);
        var decisions = new List<Decision<Alert>.Changed>();
        var open = await store.List(Alert.Open, Keys.Exactly(key), 1, cancel: cancel) is [var found] ? found : null;
        foreach (var part in changes.GroupBy(change => change.Kind == ChangeKind.Opened ? open?.Id : change.Episode.Alert))
        {
            if (part.Key is not { } id)
            {
                var firing = Firing(signals, part.Select(change => change.Episode));
                var number = await store.NextNumber(Alert.Series, cancel);
                decisions.Add(AlertGrouping.Open($"{Alert.Series}-{number}", key, group, route, firing, [.. part], await store.Find<Silence>(key, cancel), plan, now));
                continue;
            }

            var alert = id == open?.Id ? open : await store.Find<Alert>(id, cancel);
            if (alert is { IsOpen: true })
            {
                List<EpisodeChange> mine = [.. part];
                var sample = await store.List(Episode.OfAlert, Episode.FiringOf(id), AlertFactsReading.SampleSize + mine.Count, cancel: cancel);
                var firing = Firing(signals, latest.Values.Where(episode => episode.IsOpen && episode.Alert == id).Concat(mine.Select(change => change.Episode)));
                decisions.Add(AlertGrouping.Apply(alert, group, firing, mine, sample, now));
            }
            else if (alert is null || part.Any(change => change.Kind != ChangeKind.StillFiring))
            {
                return null;
            }
            else if (AlertGrouping.StillFiring(alert, group, now) is Decision<Alert>.Changed noted)
            {
                decisions.Add(noted);
            }
        }

        return decisions;
    }

    private static List<Signal> Firing(IReadOnlyList<Signal> signals, IEnumerable<Episode> episodes)
    {
        var fingerprints = episodes.Select(episode => episode.Fingerprint).ToHashSet();
        return [.. signals.Where(signal => signal.Firing && fingerprints.Contains(signal.Fingerprint))];
    }

    private async Task<Dictionary<string, Episode>> Latest(string source, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var latest = new Dictionary<string, Episode>();
        foreach (var signal in signals)
        {
            var found = await store.List(Index<Episode>.Id, Keys.Prefix(Episode.PrefixOf(source, signal.Fingerprint)), 1, descending: true, cancel);
            if (found is [var episode])
            {
                latest[signal.Fingerprint] = episode;
            }
        }

        return latest;
    }

    /// <summary>A group's key can be longer than an index allows, and it comes from outside: its hash stands for it.</summary>
    private static string KeyOf(SignalGroup group, AlertRoute route) =>
        $"{group.Source}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{route.Key}\n{group.Key}")))[..32]}";

    private void Tell(SignalGroup group, IReadOnlyList<Signal> signals, IReadOnlyList<EpisodeChange> changes, List<Decision<Alert>.Changed> decisions)
    {
        foreach (var (kind, count) in changes.CountBy(change => change.Kind.ToString()).Append(new("Repeated", signals.Count - changes.Count)))
        {
            Telemetry.Signals.Add(count, new TagList { { "source", group.Source }, { "result", kind.ToLowerInvariant() } });
        }

        if (changes.Count == 0)
        {
            LogRepeated(group.Source, signals.Count);
        }

        foreach (var alert in decisions.Select(decision => decision.Next))
        {
            LogChanged(alert.Id, group.Source, alert.Facts.Title, AlertCard.StateOf(alert), alert.Firing, alert.Normal);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Source} said {Signals} alerts again, and nothing new")]
    private partial void LogRepeated(string source, int signals);

    [LoggerMessage(LogLevel.Information, "{Alert} from {Source}: {Title} is {State}, {Firing} firing, {Normal} normal")]
    private partial void LogChanged(string alert, string source, string title, Chat.CardState state, int firing, int normal);
}
