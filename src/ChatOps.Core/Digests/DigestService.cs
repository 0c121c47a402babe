using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Digests;

/// <summary>
/// Says each digest at its time, once. What it says and when it is due next go into the store in one commit; of several times that were missed, only the last
/// is made up for.
/// </summary>
internal sealed partial class DigestService(
    IStore store, Decider decider, IEnumerable<IDigest> digests, DigestSettings settings, TimeProvider clock, ILogger<DigestService> log) : IDueWork
{
    // A sweep finds within ten seconds what a lost wake-up left behind.
    private static readonly Duration InTime = Duration.FromMinutes(2);

    private readonly Dictionary<string, IDigest> _digests = digests.ToDictionary(digest => digest.Name);

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        await Forget(cancel);
        var soonest = new List<Instant?>();
        foreach (var timetable in settings.Timetables)
        {
            try
            {
                soonest.Add(await Run(timetable, clock.Now(), cancel));
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                LogFailed(fault, timetable.Name);
            }
        }

        return soonest.Min();
    }

    private async Task<Instant?> Run(DigestTimetable timetable, Instant now, CancellationToken cancel)
    {
        var turn = await store.Find<DigestTurn>(timetable.Name, cancel);
        var next = new DigestTurn(timetable.Name, timetable.After(now), timetable.Fingerprint) { Version = turn?.Version ?? 0 };
        if (turn is null || (turn.Timetable != timetable.Fingerprint && !(turn.DueAt <= now)))
        {
            // New, or at another time from now on: nothing was missed.
            await decider.Store([next], cancel);
            return next.DueAt;
        }

        if (turn.DueAt is not { } planned || planned > now)
        {
            return turn.DueAt;
        }

        var due = timetable.Before(now + Duration.Epsilon) is { } last && last > planned ? last : planned;
        var digest = _digests[timetable.Name];
        var card = await digest.Make(timetable.SpanTo(due), cancel)
            ?? (timetable.SaysNothing ? new Card("", CardState.Info) { Text = Markup.Plain(digest.Nothing) } : null);
        var said = await decider.Store(card is null ? [next] : [next, Announce(timetable, card, due, now)], cancel);
        LogRun(timetable.Name, due, said && card is not null);
        return next.DueAt;
    }

    private Announcement Announce(DigestTimetable timetable, Card card, Instant due, Instant now) =>
        new($"digest/{timetable.Name}/{InstantPattern.General.Format(due)}", timetable.Name, _digests[timetable.Name].Channel ?? settings.Channel, now - due <= InTime ? card : card with
        {
            Context = Markup.Of($"Late: due {WallClock.Say(due, timetable.Zone, now)}, when I was not running."),
        },
        now)
        {
            // The turn's next time is stored in the same commit, and it is later.
            NeverAgain = true,
        };

    /// <summary>One that is switched off misses nothing: switched on again, it begins with its next time.</summary>
    private async Task Forget(CancellationToken cancel)
    {
        foreach (var turn in await store.List(Index<DigestTurn>.Id, Keys.All, cancel: cancel))
        {
            if (settings.Timetables.All(timetable => timetable.Name != turn.Id))
            {
                await store.Commit(new Commit().Delete(turn), cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Digest}: it could not be made; it is tried again")]
    private partial void LogFailed(Exception fault, string digest);

    [LoggerMessage(LogLevel.Information, "{Digest} of {Due}, said: {Said}")]
    private partial void LogRun(string digest, Instant due, bool said);
}
