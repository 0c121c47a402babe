using ChatOps.Core.Oncall;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.TimeZones;

namespace ChatOps.Tests.Core.Oncall;

/// <summary>What holds for every rotation and every history. Small numbers are the seeds, so that FsCheck can shrink them.</summary>
public class OncallProperties
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
    private static readonly Instant Origin = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Property(MaxTest = 300)]
    public void Who_is_on_call_is_what_a_walk_from_the_anchor_finds(Plan plan, uint[] minutes)
    {
        var rotation = plan.Rotation();
        foreach (var at in Moments(minutes))
        {
            Assert.Equal(Walk(rotation, at), rotation.Who(at));
        }
    }

    [Property(MaxTest = 200)]
    public void Shifts_tile_the_span_and_agree_with_who_is_on_call(Plan plan, ushort from, byte days)
    {
        var rotation = plan.Rotation();
        var start = Instant.Max(Origin + Duration.FromHours(from), rotation.Layers[0].Revisions[0].From);
        var end = start + Duration.FromDays(days);
        var covered = start;
        foreach (var shift in OncallResolver.Shifts(rotation, start, end))
        {
            Assert.Equal(covered, shift.Start);
            Assert.True(shift.End > shift.Start);
            covered = shift.End!.Value;
            foreach (var at in new[] { shift.Start, shift.Start + ((covered - shift.Start) / 2), covered - Duration.Epsilon })
            {
                Assert.Equal(shift.People, OncallResolver.At(rotation, at).People);
            }
        }

        Assert.Equal(end, covered);
    }

    [Property(MaxTest = 300)]
    public void What_follows_is_what_the_list_of_shifts_says(Plan plan, Step[] steps, ushort hours)
    {
        var rotation = steps.Aggregate((Rota: plan.Rotation(), Now: Origin), Apply).Rota;
        var at = Origin + Duration.FromHours(hours % 10_000);
        var answer = OncallResolver.At(rotation, at);
        var horizon = at + Duration.FromDays(400);
        var later = OncallResolver.Shifts(rotation, at, horizon).SkipWhile(shift => shift.Start <= at && answer.Shift is not null).ToList();
        if (answer.Next is { } next && next.Start < horizon)
            Assert.Equal((later[0].Start, later[0].People[0]), (next.Start, next.People[0]));
        if (answer.NextOther is { } other && other.Start < horizon)
            Assert.Equal(later.First(shift => answer.Shift is null || shift.People[0] != answer.People[0]).Start, other.Start);
        else
            Assert.True(answer.Shift is null || later.All(shift => shift.People[0] == answer.People[0]));
        Assert.Equal(answer.Shift is null ? answer.Next?.Start : answer.Shift.End, OncallResolver.NextHandoff(rotation, at));
    }

    [Property(MaxTest = 300)]
    public void No_change_touches_the_past_or_the_shift_in_progress(Plan plan, Step[] steps)
    {
        var (rotation, now) = (plan.Rotation(), Origin);
        foreach (var step in steps)
        {
            var (next, then) = Apply((rotation, now), step);
            var shift = OncallResolver.At(rotation, then).Shift;
            var fixedUntil = shift?.End ?? then;
            Assert.Equal(History(rotation, fixedUntil), History(next, fixedUntil));
            var past = rotation.Layers[0].Revisions.Where(each => each.From <= then).ToList();
            Assert.Equal(past, next.Layers[0].Revisions.Take(past.Count));
            (rotation, now) = (next, then);
        }
    }

    [Property(MaxTest = 300)]
    public void The_line_is_fair_whoever_came_and_went(Step[] steps)
    {
        var (rotation, now) = steps.Aggregate((Rota.Empty(), Origin + Duration.FromDays(62)), Apply);
        var line = rotation.Layers[0].Revisions[^1].Participants;
        var shifts = OncallResolver.Shifts(rotation, now, now + Duration.FromDays(7 * (line.Count + 2))).Skip(1).Take(line.Count).ToList();
        Assert.Equal(line.Order(), shifts.Select(shift => shift.People[0]).Order());
        Assert.Equal(line.Count, line.Distinct().Count());
    }

    [Property(MaxTest = 300)]
    public void Waiting_people_keep_their_order_when_somebody_comes_or_goes(Step[] steps, Step last)
    {
        var before = steps.Aggregate((Rota.Empty(), Origin + Duration.FromDays(62)), Apply);
        var after = Apply(before, last);
        var old = Order(before.Item1, after.Now);
        var fresh = Order(after.Rota, after.Now);
        Assert.Equal(old.Intersect(fresh), fresh.Intersect(old));
    }

    // The people after the shift in progress, in the order of their first turns.
    private static string[] Order(Rotation rotation, Instant now) =>
        [.. OncallResolver.Shifts(rotation, now, now + Duration.FromDays(120)).SkipWhile(shift => shift.Start <= now).Select(shift => shift.People[0]).Distinct()];

    private static (Rotation Rota, Instant Now) Apply((Rotation Rota, Instant Now) state, Step step)
    {
        var now = state.Now + Duration.FromHours(step.Hours % 400);
        var person = "p" + (step.Person % 5);
        var change = (step.Kind % 7) switch
        {
            0 or 1 or 2 => state.Rota.Join(person, now),
            3 or 4 => state.Rota.Leave(person, now),
            5 => state.Rota.SetHandoff((IsoDayOfWeek)((step.Person % 7) + 1), new LocalTime(step.Person % 24, 30), Zones[step.Person % Zones.Length], now),
            _ => null,
        };
        return ((change as RotationChange.Changed)?.Next ?? state.Rota, now);
    }

    private static string History(Rotation rotation, Instant until) =>
        string.Join('\n', OncallResolver.Shifts(rotation, Origin - Duration.FromDays(30), until).Select(shift => $"{shift.Start} {shift.End} {shift.People[0]}"));

    private static IEnumerable<Instant> Moments(uint[] minutes) => minutes.Select(each => Origin + Duration.FromMinutes(each % 2_000_000));

    // The same rule, written again as slowly and plainly as can be, on NodaTime's own resolvers.
    private static string Walk(Rotation rotation, Instant at)
    {
        var resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
        var revision = rotation.Layers[0].Revisions.LastOrDefault(each => each.From <= at);
        if (revision is null || revision.Participants.Count == 0)
            return "";
        var zone = DateTimeZoneProviders.Tzdb[revision.Zone];
        var turn = 0;
        while (zone.ResolveLocal(Start(turn + 1), resolver).ToInstant() <= at)
        {
            turn++;
        }

        return revision.Participants[(revision.FirstTurn + turn) % revision.Participants.Count];

        LocalDateTime Start(int k)
        {
            var n = k * revision.Every.Count;
            return revision.Anchor + (revision.Every.Unit switch
            {
                EveryUnit.Hour => Period.FromHours(n),
                EveryUnit.Day => Period.FromDays(n),
                EveryUnit.Week => Period.FromWeeks(n),
                _ => Period.FromMonths(n),
            });
        }
    }

    public sealed record Step(byte Kind, byte Person, ushort Hours);

    public sealed record Plan(byte Zone, byte Unit, byte Count, ushort Quarters, byte People)
    {
        /// <summary>One that starts at some quarter of an hour around the new year 2026.</summary>
        internal Rotation Rotation()
        {
            var start = new LocalDateTime(2025, 12, 20, 0, 0).PlusMinutes(15 * (Quarters % 4000));
            var people = Enumerable.Range(0, 1 + (People % 4)).Select(each => "p" + each).ToArray();
            var zone = DateTimeZoneProviders.Tzdb[Zones[Zone % Zones.Length]];
            var every = new Every(1 + (Count % 13), (EveryUnit)(Unit % 4));
            return Rota.Of(new Layer("primary", [Revision.StartingAt(start, zone, every, people)]));
        }
    }
}
