using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <content>
/// Joining, leaving, moving the handoff. Whoever is on call stays until the shift's end, and all changes of one shift meet in the one plan that begins there (docs/decisions/0008-time.md).
/// </content>
public sealed partial record Rotation
{
    /// <summary>
    /// Puts a person at the end of the line, which is just before the next turn of whoever is on call now: nobody who waits is moved back.
    /// The first volunteer of an empty rotation is on call at once. Refuses who is in already.
    /// </summary>
    public RotationChange Join(string person, Instant now)
    {
        var ahead = OncallResolver.AheadOf(Layers[0], now);
        if (ahead.Plans.All(plan => plan.Line.Contains(person)))
            return new RotationChange.Refused($"You are in {Name} already. {NextTurn(person, now)}");

        var next = Replan(ahead, now, plan => plan.With(WithNewcomer(plan.Line, person, ahead.Holder)));
        return new RotationChange.Changed(next, $"You are in {Name}. {next.NextTurn(person, now)}", ahead.Plans[0].Start);
    }

    /// <summary>Takes a person out of the line; the others keep their order. Refuses who is not in it.</summary>
    public RotationChange Leave(string person, Instant now)
    {
        var ahead = OncallResolver.AheadOf(Layers[0], now);
        var start = ahead.Plans[0].Start;
        var stays = ahead.Holder.Contains(person) ? $" You stay on call until {Say(start, now)}." : "";
        if (!ahead.Plans.Any(plan => plan.Line.Contains(person)))
            return new RotationChange.Refused(stays.Length > 0 ? $"You have left {Name} already.{stays}" : $"You are not in {Name}.");

        var next = Replan(ahead, now, plan => plan.With([.. plan.Line.Where(each => each != person)]));
        var gap = stays.Length > 0 && OncallResolver.At(next, start).Shift is null ? " Then nobody is: somebody should join." : "";
        return new RotationChange.Changed(next, $"You are out of {Name}.{stays}{gap}", start);
    }

    /// <summary>
    /// Moves the weekly handoff, from the end of the shift in progress on. The order of turns stays. The next person's first shift begins there as it would have,
    /// and ends at the first new handoff that is at least half a turn away by the clock: it lasts from half a turn to less than half a turn plus a week, and nobody's turn is a scrap.
    /// Refuses an unknown zone, a rotation that does not hand off weekly, and what is so already.
    /// </summary>
    public RotationChange SetHandoff(IsoDayOfWeek day, LocalTime time, string zone, Instant now)
    {
        if (WallClock.FindZone(zone) is not { } known)
            return new RotationChange.Refused(WallClock.UnknownZone(zone));

        var ahead = OncallResolver.AheadOf(Layers[0], now);
        var plan = ahead.Plans[^1];
        if (plan.Every.Unit != EveryUnit.Week)
            return new RotationChange.Refused($"{Name} does not hand off weekly: its rotation file says when. Change it there and import it.");
        if (plan.HandsOff(day, time, known))
            return new RotationChange.Refused($"{Name} hands off every {day} at {Clock(time)} {known.Id} already.");

        // With nobody in the line there is no turn to be fair to: the handoffs simply lie where they were asked for.
        var idle = plan.Line.Count == 0;
        var end = idle
            ? WallClock.LastAtOrBefore(plan.Start, day, time, known).PlusWeeks(plan.Every.Count)
            : FirstEnd(plan.Start, plan.Every, day, time, known);
        var revisions = ahead.Plans.SkipLast(1).Select(each => each.With(each.Line)).Append(plan.EndingAt(end, known));
        var next = this with { Layers = [Layers[0].Replan(now, revisions), .. Layers.Skip(1)] };
        var since = plan.Start > now ? $" Nothing changes before {next.Say(plan.Start, now)}" : "";
        since += idle ? "" : $"{(since.Length > 0 ? "; the" : " The")} shift that begins then ends {next.Say(WallClock.ToInstant(end, known), now)}";
        return new RotationChange.Changed(next, $"{Name} hands off every {day} at {Clock(time)} {known.Id}.{since}{(since.Length > 0 ? "." : "")}", plan.Start);
    }

    private static LocalDateTime FirstEnd(Instant start, Every every, IsoDayOfWeek day, LocalTime time, DateTimeZone zone)
    {
        var earliest = start.InZone(zone).LocalDateTime.PlusHours(every.Count * 7 * 12);
        var end = (earliest.DayOfWeek == day ? earliest.Date : earliest.Date.Next(day)) + time;
        return end >= earliest ? end : end.PlusWeeks(1);
    }

    private static IReadOnlyList<string> WithNewcomer(IReadOnlyList<string> line, string person, IReadOnlyList<string> holder)
    {
        if (line.Contains(person))
            return line;
        var place = line.TakeWhile(each => !holder.Contains(each)).Count();
        // Alone, the holder would follow themselves: the newcomer goes first. Else one who is on call now and again next has the newcomer behind everybody.
        return place == 0 && line.Count > 1 ? [.. line, person] : [.. line.Take(place), person, .. line.Skip(place)];
    }

    private Rotation Replan(OncallResolver.Ahead ahead, Instant now, Func<OncallResolver.Plan, Revision> change) =>
        this with { Layers = [Layers[0].Replan(now, ahead.Plans.Select(change)), .. Layers.Skip(1)] };

    private string NextTurn(string person, Instant now)
    {
        var shifts = OncallResolver.Upcoming(this, person, now, 2);
        return shifts switch
        {
            [] => "No shift is planned for you yet.",
            [var first, ..] when first.Start > now => $"Your next shift starts {Say(first.Start, now)}.",
            [{ End: { } end }] => $"You are on call now, until {Say(end, now)}.",
            [{ End: { } end }, var second] when second.Start == end =>
                $"You are on call now, until {Say(end, now)}, and again from then on: nobody else is in it.",
            [{ End: { } end }, var second] => $"You are on call now, until {Say(end, now)}; your next shift starts {Say(second.Start, now)}.",
            _ => "You are on call now.",
        };
    }

    private string Say(Instant at, Instant now) => WallClock.Say(at, Zone, now);
}
