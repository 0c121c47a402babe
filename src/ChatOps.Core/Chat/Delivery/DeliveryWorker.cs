using System.Collections.Concurrent;
using System.Diagnostics;
using ChatOps.Core.History;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// Makes a platform show what is stored: takes the marks in order, the urgent ones first, draws each document as it is now (a hundred changes are one update), posts or updates,
/// and notes what stands there. It may be killed or stopped anywhere: it works under a lease, and an intent without an answer is looked up before it is posted again.
/// </summary>
public sealed partial class DeliveryWorker(IStore store, IEnumerable<ICardSource> sources, IDeliveryAlarm alarm, TimeProvider clock, ILogger<DeliveryWorker> log)
{
    private const int Batch = 500;

    // With more that waits a channel is read for what is in it, not for what came a second before what; with fewer the order is exact.
    private const int Few = 50;

    // With more that waits than this what is urgent goes first; with fewer it waits for some seconds at most, and the order is that of what happened.
    private const int Crowd = 12;

    private static readonly Duration AfterFault = Duration.FromSeconds(5);

    private readonly Dictionary<string, ICardSource> _sources = sources.ToDictionary(source => source.Kind);
    private readonly ConcurrentDictionary<string, Lanes> _lanes = new();

    /// <summary>Delivers what waits for the platform. One call at a time for a platform.</summary>
    /// <param name="platform">Where to.</param>
    /// <param name="tenure">The right to do so: the lease of the platform.</param>
    /// <returns>When to come again although nothing new was stored (the platform asked for patience), or null.</returns>
    /// <exception cref="OperationCanceledException">The tenure is over.</exception>
    public async Task<Instant?> Drain(IChatPlatform platform, Tenure tenure)
    {
        var lanes = _lanes.GetOrAdd(platform.Name, _ => new Lanes());
        var round = new Round(platform, lanes, tenure);
        lanes.Open(clock.Now());
        var urgent = 0;
        while (true)
        {
            if (await Pass(round, urgentOnly: false) is not { } done)
            {
                urgent = await Pass(round, urgentOnly: true) ?? 0;
            }
            else if (done + urgent == 0)
            {
                return lanes.NextTry;
            }
            else
            {
                urgent = 0; // what was stored or freed meanwhile comes next
            }
        }
    }

    /// <summary>Goes once through what waits, and says of how much of it is shown now; null when so much waits that what is urgent among it has to go first.</summary>
    private async Task<int?> Pass(Round round, bool urgentOnly)
    {
        var (last, done) = (round.Platform.Name + "|", 0);
        while (true)
        {
            var marks = await store.List(Mark.ByPlatform, Keys.Between(last + '\u0001', round.Platform.Name + "|\uffff"), Batch, cancel: round.Cancel);
            if (urgentOnly)
            {
                (round.Urgent ??= []).UnionWith(marks.Where(mark => mark.IsUrgent).Select(mark => mark.Id));
            }
            else if (marks.Count > Crowd && (round.Urgent is null || marks.Any(mark => mark.IsUrgent && !round.Urgent.Contains(mark.Id))))
            {
                return null;
            }

            // Of one instant what stands in a thread comes last: passed over for want of its root, it would stand behind what was said there later.
            var pending = marks.GroupBy(mark => new Face(mark.Kind, mark.Subject)).Select(face => new Pending(face.Key, [.. face]))
                .Where(each => !urgentOnly || each.Marks.Any(mark => mark.IsUrgent))
                .OrderBy(each => each.Marks[0].At).ThenBy(each => each.Face.Kind == HistoryEntry.CardKind).ToList();
            done += marks.Count > Few && round.Platform.Concurrency > 1
                ? await DeliverAtOnce(round, pending)
                : await DeliverInTurn(round, pending);

            if (marks.Count < Batch)
            {
                return done;
            }

            last = Mark.KeyOf(marks[^1]); // what waits here must not hide what comes behind it
        }
    }

    private async Task<int> DeliverInTurn(Round round, IEnumerable<Pending> all)
    {
        var done = 0;
        foreach (var pending in all)
        {
            done += await OrWait(round, pending.Face, async () => await Deliver(round, pending, await Draw(pending.Face, round.Cancel))) ? 1 : 0;
        }

        return done;
    }

    /// <summary>One document that cannot be drawn or sent must not keep the others from being shown.</summary>
    private async Task<bool> OrWait(Round round, Face face, Func<Task<bool>> work)
    {
        round.Tenure.ThrowIfOver();
        try
        {
            return !round.Lanes.Waits(LaneOf(face)) && await work();
        }
        catch (Exception fault) when (!round.Cancel.IsCancellationRequested)
        {
            LogFault(fault, face.Kind, face.Id, round.Platform.Name);
            round.Lanes.Block(LaneOf(face), clock.Now(), AfterFault);
            return false;
        }
    }

    private static string LaneOf(Face face) => $"{face.Kind}|{face.Id}";

    private async Task<Drawing?> Draw(Face face, CancellationToken cancel) => _sources.TryGetValue(face.Kind, out var source) ? await source.Draw(face.Id, cancel) : null;

    private async Task<bool> Deliver(Round round, Pending pending, Drawing? drawing)
    {
        var ((kind, subject), marks) = pending;
        if (drawing is null)
        {
            LogNothingToDraw(kind, subject, round.Platform.Name);
            return await Note(round, marks, null);
        }

        if (round.Lanes.WaitsWith(LaneOf(pending.Face), drawing.Channel))
        {
            return false;
        }

        string? thread = null;
        if (drawing.ThreadOf is { } root)
        {
            var parent = await store.Find<Shown>(Shown.IdOf(round.Platform.Name, root.Kind, root.Id), round.Cancel);
            if (parent?.Reference is null && parent?.Refused is null)
            {
                return false; // its root comes first: the root's own mark is older
            }

            thread = parent.Reference;
        }

        var shown = await store.Find<Shown>(Shown.IdOf(round.Platform.Name, kind, subject), round.Cancel);
        if (shown?.Reference is null && WaitsForItsTurn(round, pending.Face, drawing.Channel))
        {
            return false;
        }

        shown ??= await Intend(round, kind, subject, drawing);
        var hash = HashOf(drawing.Card);
        if (shown.Hash == hash)
        {
            return await Note(round, marks, null);
        }

        var outcome = await Send(round, shown, new OutgoingMessage(drawing.Channel, thread, drawing.Subject, drawing.Card, shown.Token, shown.IntendedAt) { About = drawing.About, Aloud = drawing.Aloud });
        return await Conclude(round, marks, drawing, shown with { Hash = hash }, outcome);
    }

    /// <summary>A new message waits for those before it. A change does not wait with it: who acknowledges in a storm sees it on the card at once.</summary>
    private bool WaitsForItsTurn(Round round, Face face, string channel)
    {
        var turn = $"post|{channel}";
        if (round.Platform.UntilPost(channel) is { } wait)
        {
            round.Lanes.Block(turn, clock.Now(), wait);
        }

        return round.Lanes.WaitsWith(LaneOf(face), turn);
    }

    private async Task<bool> Conclude(Round round, Mark[] marks, Drawing drawing, Shown shown, Delivered outcome)
    {
        var platform = round.Platform.Name;
        switch (outcome)
        {
            case Delivered.Sent sent:
                LogShown(drawing.Subject, platform, drawing.Channel, sent.Reference);
                Telemetry.Deliveries.Add(1, new TagList { { "platform", platform }, { "result", "sent" } });
                return await Note(round, marks, shown with { Reference = sent.Reference, Refused = null });
            case Delivered.Never never:
                LogRefused(drawing.Subject, platform, drawing.Channel, never.Why);
                Telemetry.Deliveries.Add(1, new TagList { { "platform", platform }, { "result", "refused" } });
                // First the alarm, which is the same however often it is raised: a crash in between repeats it, the other way round would lose it.
                await alarm.Undeliverable(platform, drawing, never.Why, round.Cancel);
                return await Note(round, marks, shown with { Refused = never.Why });
            case Delivered.Gone when shown.Reference is not null:
                LogGone(drawing.Subject, platform, drawing.Channel);
                return await Forget(round, shown);
            case Delivered.Gone when drawing.ThreadOf is { } root && await store.Find<Shown>(Shown.IdOf(platform, root.Kind, root.Id), round.Cancel) is { } parent:
                LogGone(drawing.Subject, platform, drawing.Channel);
                return await Forget(round, parent);
            default:
                var later = outcome as Delivered.Later ?? new Delivered.Later(AfterFault, "no answer that can be used");
                if (!later.Expected)
                {
                    LogLater(drawing.Subject, platform, drawing.Channel, later.After, later.Why);
                    Telemetry.Deliveries.Add(1, new TagList { { "platform", platform }, { "result", "later" } });
                }

                // A change that only waits for its turn keeps nobody from posting.
                round.Lanes.Block(later.Expected && shown.Reference is not null ? $"{shown.Kind}|{shown.Subject}" : drawing.Channel, clock.Now(), later.After);
                return false;
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Subject} stands in {Platform} #{Channel} as {Reference}")]
    private partial void LogShown(string subject, string platform, string channel, string reference);

    [LoggerMessage(LogLevel.Warning, "{Subject} cannot be shown in {Platform} #{Channel} now, again in {After}: {Why}")]
    private partial void LogLater(string subject, string platform, string channel, Duration after, string why);

    [LoggerMessage(LogLevel.Information, "{Subject} was deleted in {Platform} #{Channel}; it is posted anew")]
    private partial void LogGone(string subject, string platform, string channel);

    [LoggerMessage(LogLevel.Error, "{Subject} will never be shown in {Platform} #{Channel}: {Why}")]
    private partial void LogRefused(string subject, string platform, string channel, string why);

    [LoggerMessage(LogLevel.Error, "{Kind} {Subject} cannot be delivered to {Platform}; it is tried again")]
    private partial void LogFault(Exception fault, string kind, string subject, string platform);

    [LoggerMessage(LogLevel.Debug, "{Kind} {Subject} has nothing to draw in {Platform}")]
    private partial void LogNothingToDraw(string kind, string subject, string platform);

    [LoggerMessage(LogLevel.Warning, "{Subject} went out to {Platform} when the lease was no longer ours; who has it draws it again")]
    private partial void LogTooLate(string subject, string platform);

    [LoggerMessage(LogLevel.Warning, "{Shown} may not be what stands there, and nobody could be told; it is right again with its next change")]
    private partial void LogNotAsked(Exception fault, string shown);

    /// <summary>One delivery to a platform under a tenure, which ends it.</summary>
    private sealed record Round(IChatPlatform Platform, Lanes Lanes, Tenure Tenure)
    {
        public CancellationToken Cancel => Tenure.Ended;

        /// <summary>The urgent marks that have had their turn before all others; null: there was no need yet.</summary>
        public HashSet<string>? Urgent { get; set; }
    }

    /// <summary>A message that does not show what is stored, and the marks that say so.</summary>
    private sealed record Pending(Face Face, Mark[] Marks);
}

/// <summary>Told when a platform will never show something: people must hear of it elsewhere.</summary>
public interface IDeliveryAlarm
{
    Task Undeliverable(string platform, Drawing drawing, string why, CancellationToken cancel);
}
