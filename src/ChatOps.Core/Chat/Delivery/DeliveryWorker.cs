using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// Makes a platform show what is stored: takes the marks in order, draws each document as it is now (a hundred changes are one update), posts or updates,
/// and notes what stands there. It may be killed anywhere: an intent without an answer is looked up before it is posted again.
/// </summary>
public sealed partial class DeliveryWorker(IStore store, IEnumerable<ICardSource> sources, IDeliveryAlarm alarm, TimeProvider clock, ILogger<DeliveryWorker> log)
{
    private const int Batch = 500;

    // With more that waits a channel is read for what is in it, not for what came a second before what; with fewer the order is exact.
    private const int Few = 50;

    private static readonly Duration AfterFault = Duration.FromSeconds(5);

    private readonly Dictionary<string, ICardSource> _sources = sources.ToDictionary(source => source.Kind);
    private readonly ConcurrentDictionary<string, Lanes> _lanes = new();

    /// <summary>Delivers what waits for the platform. One call at a time for a platform.</summary>
    /// <returns>When to come again although nothing new was stored (the platform asked for patience), or null.</returns>
    public async Task<Instant?> Drain(IChatPlatform platform, CancellationToken cancel)
    {
        var lanes = _lanes.GetOrAdd(platform.Name, _ => new Lanes());
        lanes.Open(clock.Now());
        var last = platform.Name + "|";
        var done = 0;
        while (true)
        {
            var marks = await store.List(Mark.ByPlatform, Keys.Between(last + '\u0001', platform.Name + "|\uffff"), Batch, cancel: cancel);
            var pending = marks.GroupBy(mark => new Face(mark.Kind, mark.Subject)).Select(face => new Pending(face.Key, [.. face])).ToList();
            done += marks.Count > Few && platform.Concurrency > 1
                ? await DeliverAtOnce(platform, pending, lanes, cancel)
                : await DeliverInTurn(platform, pending, lanes, cancel);

            if (marks is [.., var end] && marks.Count == Batch)
            {
                last = Mark.KeyOf(end); // what waits here must not hide what comes behind it
            }
            else if (done == 0)
            {
                return lanes.NextTry;
            }
            else
            {
                (last, done) = (platform.Name + "|", 0);
            }
        }
    }

    private async Task<int> DeliverInTurn(IChatPlatform platform, IEnumerable<Pending> all, Lanes lanes, CancellationToken cancel)
    {
        var done = 0;
        foreach (var pending in all)
        {
            done += await OrWait(platform, pending.Face, lanes, async () => await Deliver(platform, pending, await Draw(pending.Face, cancel), lanes, cancel), cancel) ? 1 : 0;
        }

        return done;
    }

    /// <summary>One document that cannot be drawn or sent must not keep the others from being shown.</summary>
    private async Task<bool> OrWait(IChatPlatform platform, Face face, Lanes lanes, Func<Task<bool>> work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return !lanes.Waits(FaultLane(face)) && await work();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(fault, face.Kind, face.Id, platform.Name);
            lanes.Block(FaultLane(face), clock.Now() + AfterFault);
            return false;
        }
    }

    private static string FaultLane(Face face) => $"{face.Kind}|{face.Id}";

    private async Task<Drawing?> Draw(Face face, CancellationToken cancel) => _sources.TryGetValue(face.Kind, out var source) ? await source.Draw(face.Id, cancel) : null;

    private async Task<bool> Deliver(IChatPlatform platform, Pending pending, Drawing? drawing, Lanes lanes, CancellationToken cancel)
    {
        var ((kind, subject), marks) = pending;
        if (drawing is null)
        {
            LogNothingToDraw(kind, subject, platform.Name);
            return await Note(marks, null, cancel);
        }

        if (lanes.Waits(drawing.Channel))
        {
            return false;
        }

        string? thread = null;
        if (drawing.ThreadOf is { } root)
        {
            var parent = await store.Find<Shown>(Shown.IdOf(platform.Name, root.Kind, root.Id), cancel);
            if (parent?.Reference is null && parent?.Refused is null)
            {
                return false; // its root comes first: the root's own mark is older
            }

            thread = parent.Reference;
        }

        var shown = await store.Find<Shown>(Shown.IdOf(platform.Name, kind, subject), cancel)
            ?? await Intend(platform, kind, subject, drawing, cancel);
        var hash = HashOf(drawing.Card);
        if (shown.Hash == hash)
        {
            return await Note(marks, null, cancel);
        }

        var outcome = await Send(platform, shown, new OutgoingMessage(drawing.Channel, thread, drawing.Subject, drawing.Card, shown.Token), cancel);
        switch (outcome)
        {
            case Delivered.Sent sent:
                LogShown(drawing.Subject, platform.Name, drawing.Channel, sent.Reference);
                Telemetry.Deliveries.Add(1, new TagList { { "platform", platform.Name }, { "result", "sent" } });
                return await Note(marks, shown with { Reference = sent.Reference, Hash = hash, Refused = null }, cancel);
            case Delivered.Never never:
                LogRefused(drawing.Subject, platform.Name, drawing.Channel, never.Why);
                Telemetry.Deliveries.Add(1, new TagList { { "platform", platform.Name }, { "result", "refused" } });
                // First the alarm, which is the same however often it is raised: a crash in between repeats it, the other way round would lose it.
                await alarm.Undeliverable(platform.Name, drawing, never.Why, cancel);
                return await Note(marks, shown with { Refused = never.Why, Hash = hash }, cancel);
            default:
                var later = outcome as Delivered.Later ?? new Delivered.Later(AfterFault, "no answer that can be used");
                LogLater(drawing.Subject, platform.Name, drawing.Channel, later.After, later.Why);
                Telemetry.Deliveries.Add(1, new TagList { { "platform", platform.Name }, { "result", "later" } });
                lanes.Block(drawing.Channel, clock.Now() + later.After);
                return false;
        }
    }

    private async Task<Shown> Intend(IChatPlatform platform, string kind, string subject, Drawing drawing, CancellationToken cancel)
    {
        var token = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var intent = new Shown(Shown.IdOf(platform.Name, kind, subject), platform.Name, drawing.Channel, kind, subject, token, clock.Now());
        await store.Commit(new Commit().PutOnce(intent), cancel);
        return await store.Find<Shown>(intent.Id, cancel) is { } stored
            ? stored with { FreshlyIntended = stored.Token == token }
            : throw new StoreException($"The intent {intent.Id} was stored and is not there.");
    }

    private static async Task<Delivered> Send(IChatPlatform platform, Shown shown, OutgoingMessage message, CancellationToken cancel)
    {
        if (shown.Reference is { } reference)
        {
            return await platform.Update(reference, message, cancel);
        }

        if (!shown.FreshlyIntended)
        {
            // An earlier run may have posted it and died before it noted so.
            var found = await platform.FindPosted(message, cancel);
            if (found is Delivered.Sent there)
            {
                return await platform.Update(there.Reference, message, cancel);
            }

            if (found is not Delivered.NotThere)
            {
                return found;
            }
        }

        return await platform.Post(message, cancel);
    }

    /// <summary>Removes the marks and notes what stands there; false when another worker was faster.</summary>
    private async Task<bool> Note(Mark[] marks, Shown? shown, CancellationToken cancel)
    {
        var commit = new Commit();
        if (shown is not null)
        {
            commit.Put(shown);
        }

        foreach (var mark in marks)
        {
            commit.Delete(mark);
        }

        return await store.Commit(commit, cancel) == CommitOutcome.Stored;
    }

    private static string HashOf(Card card) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(card, StoredJson.Options)));

    [LoggerMessage(LogLevel.Debug, "{Subject} stands in {Platform} #{Channel} as {Reference}")]
    private partial void LogShown(string subject, string platform, string channel, string reference);

    [LoggerMessage(LogLevel.Warning, "{Subject} cannot be shown in {Platform} #{Channel} now, again in {After}: {Why}")]
    private partial void LogLater(string subject, string platform, string channel, Duration after, string why);

    [LoggerMessage(LogLevel.Error, "{Subject} will never be shown in {Platform} #{Channel}: {Why}")]
    private partial void LogRefused(string subject, string platform, string channel, string why);

    [LoggerMessage(LogLevel.Error, "{Kind} {Subject} cannot be delivered to {Platform}; it is tried again")]
    private partial void LogFault(Exception fault, string kind, string subject, string platform);

    [LoggerMessage(LogLevel.Debug, "{Kind} {Subject} has nothing to draw in {Platform}")]
    private partial void LogNothingToDraw(string kind, string subject, string platform);

    /// <summary>A message that does not show what is stored, and the marks that say so.</summary>
    private sealed record Pending(Face Face, Mark[] Marks);
}

/// <summary>Told when a platform will never show something: people must hear of it elsewhere.</summary>
public interface IDeliveryAlarm
{
    Task Undeliverable(string platform, Drawing drawing, string why, CancellationToken cancel);
}
