using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>What happens with a handover after it was said.</summary>
internal static class HandoverDecisions
{
    private static readonly Actor Timer = new("ChatOps", "the handover's timer");

    /// <summary>The new holder has gone through the checklist, or an admin says so for them.</summary>
    /// <param name="handover">Which.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="forOthers">Whether they may say so for others.</param>
    /// <param name="now">When.</param>
    public static Decision<Handover> Confirm(this Handover handover, Actor by, bool forOthers, Instant now)
    {
        if (handover.To.Count == 0)
        {
            return Refuse(Markup.Of($"Nobody took over {handover.Rotation} there, so nobody can be ready. `/oncall join` signs you up."));
        }

        var self = handover.To.Contains(by.Person);
        if (!self && !forOthers)
        {
            return Refuse(Markup.Of($"{handover.Holders} {(handover.To.Count == 1 ? "takes" : "take")} over {handover.Rotation}, so only they can say that they are ready."));
        }

        if (handover.Ready is { } ready)
        {
            var since = WallClock.Say(ready.At, handover.TimeZone, now);
            return Refuse(self ? Markup.Of($"You are ready already, since {since}.") : Markup.Of($"{handover.Holders} is ready already, since {since}."));
        }

        if (handover.Until <= now)
        {
            return Refuse(Markup.Of($"That shift is over: it ended {WallClock.Say(handover.Until.Value, handover.TimeZone, now)}."));
        }

        var (written, entry) = handover.Write(by, now, self ? Markup.Of($"**{by.Person}** is ready.") : Markup.Of($"**{by.Person}** says that {handover.Holders} is ready."));
        return new Decision<Handover>.Changed(written with { Ready = new Readiness(by.Person, now), DueAt = null }, entry);
    }

    /// <summary>What the handover's timer does when it is due: first the holder is reminded, then the admins are told.</summary>
    public static Decision<Handover> Due(this Handover handover, HandoverSettings settings, IReadOnlyList<string> admins, Instant now)
    {
        if (handover.DueAt is not { } due || due > now)
        {
            return new Decision<Handover>.Kept();
        }

        if (handover.Ready is not null || handover.Until <= now)
        {
            return new Decision<Handover>.Changed(handover with { DueAt = null });
        }

        return TellsAdminsAt(handover, settings) <= now ? handover.TellAdmins(settings, admins, now) : handover.Remind(settings, now);
    }

    /// <summary>When the timer is due next, or null: nothing is left to do, or the shift is over by then.</summary>
    public static Instant? NextDue(Handover handover, HandoverSettings settings)
    {
        Instant?[] times = [RemindsAt(handover, settings), TellsAdminsAt(handover, settings)];
        return handover.To.Count > 0 && handover.Ready is null && times.Min() is { } next && !(handover.Until <= next) ? next : null;
    }

    private static Decision<Handover>.Changed Remind(this Handover handover, HandoverSettings settings, Instant now)
    {
        var then = TellsAdminsAt(handover, settings) is { } tells && !(handover.Until <= tells) ? Markup.Of($" Otherwise the admins are told, {WallClock.Say(tells, handover.TimeZone)}.") : Markup.Empty;
        var (written, entry) = handover.Write(Timer, now, Markup.Of(
            $"{handover.Holders}, you have {handover.Rotation} for {WallClock.SaySpan(now - handover.At)} and have not said that you are ready. Go through the checklist and press Ready, or say `/oncall ready`.") + then);
        return Timed(written with { RemindedAt = now }, settings, entry);
    }

    private static Decision<Handover>.Changed TellAdmins(this Handover handover, HandoverSettings settings, IReadOnlyList<string> admins, Instant now)
    {
        var what = Markup.Of($"{handover.Holders} has {handover.Rotation} for {WallClock.SaySpan(now - handover.At)} and has not said that they are ready");
        // A reminder that was due as well (the program was not running) is left out: this one says more.
        var told = handover with { AdminsToldAt = now, RemindedAt = handover.RemindedAt ?? now };
        if (admins.Count > 0)
        {
            var (written, entry) = told.Write(Timer, now, Markup.Of($"{Markup.Join(", ", admins.Select(Markup.Mention))}: {what}. Please see to it that somebody is."));
            return Timed(written, settings, entry);
        }

        var (alone, noted) = told.Write(Timer, now, Markup.Of($"Nobody is named as an admin, so the channel was told that {handover.Holders} is not ready."));
        return Timed(alone, settings, noted, new Announcement($"{handover.Id}/not-ready", handover.Rotation, handover.Channel, new Card("", CardState.Info)
        {
            Text = what + Markup.Of($". Nobody is named as an admin who could be told (the setting `Roles:Admins`), so I tell you all: please see to it that somebody is."),
        },
        now)
        {
            // The handover notes that the admins were told.
            NeverAgain = true,
        });
    }

    private static Decision<Handover>.Changed Timed(Handover handover, HandoverSettings settings, params Storage.Document[] beside) =>
        new(handover with { DueAt = NextDue(handover, settings) }, beside);

    private static Instant? RemindsAt(Handover handover, HandoverSettings settings) =>
        settings.RemindAfter > Duration.Zero && handover.RemindedAt is null && handover.AdminsToldAt is null ? handover.SaidAt + settings.RemindAfter : null;

    private static Instant? TellsAdminsAt(Handover handover, HandoverSettings settings) =>
        settings.TellAdminsAfter > Duration.Zero && handover.AdminsToldAt is null ? handover.SaidAt + settings.TellAdminsAfter : null;

    private static (Handover Handover, HistoryEntry Entry) Write(this Handover handover, Actor by, Instant now, Markup what) =>
        (handover with { Entries = handover.Entries + 1, ChangedAt = now }, HistoryEntry.Next(handover, by, now, what));

    private static Decision<Handover>.Refused Refuse(Markup why) => new(why);
}
