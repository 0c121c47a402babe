using ChatOps.Core.Oncall;
using NodaTime;
using static ChatOps.Tests.Core.Oncall.Rota;

namespace ChatOps.Tests.Core.Oncall;

public class RotationTests
{
    [Fact]
    public void The_first_volunteer_is_on_call_at_once_until_the_regular_handoff()
    {
        var change = Assert.IsType<RotationChange.Changed>(Empty().Join("a", At("2026-03-04 14:00")));
        Assert.Equal("", change.Next.Who(At("2026-03-04 14:00") - Duration.Epsilon));
        var shift = OncallResolver.At(change.Next, At("2026-03-04 14:00")).Shift!;
        Assert.Equal(new Shift(At("2026-03-04 14:00"), At("2026-03-09 09:00"), shift.People, "primary"), shift);
        Assert.Equal("You are in Core. You are on call now, until Mon 9 Mar 09:00 CET, and again from then on: nobody else is in it.", change.Said);
    }

    [Theory]
    [InlineData("a b", "a b a b")]
    [InlineData("a b c d", "a b c d a b c d a")]
    public void Who_joins_during_a_shift_stands_behind_those_who_wait_and_before_the_holders_next_turn(string people, string line) =>
        Assert.Equal(line, Empty().Join(people, "2026-03-04 14:00").Line("2026-03-04 14:00", line.Split(' ').Length));

    [Fact]
    public void Who_joins_later_moves_nobody_back()
    {
        var rotation = Empty().Join("a b", "2026-03-04 14:00").Join("c", "2026-03-10 00:00");
        Assert.Equal("b a c b a c", rotation.Line("2026-03-10 00:00", 6));
    }

    [Fact]
    public void All_changes_of_one_shift_meet_in_one_plan()
    {
        var rotation = Empty().Join("a", "2026-03-04 14:00").Join("b c", "2026-03-05 14:00").Leave("b", "2026-03-06 14:00").Join("d", "2026-03-06 15:00");
        Assert.Equal(3, rotation.Layers[0].Revisions.Count);
        Assert.Equal("a c d a c d", rotation.Line("2026-03-06 16:00", 6));
    }

    [Fact]
    public void Who_is_in_already_hears_when_their_turn_is()
    {
        var rotation = Empty().Join("a b", "2026-03-04 14:00");
        Assert.Equal("You are in Core already. Your next shift starts Mon 9 Mar 09:00 CET.", Why(rotation.Join("b", At("2026-03-05 00:00"))));
        Assert.Equal(
            "You are in Core already. You are on call now, until Mon 9 Mar 09:00 CET; your next shift starts Mon 16 Mar 09:00 CET.",
            Why(rotation.Join("a", At("2026-03-05 00:00"))));
    }

    [Fact]
    public void Who_leaves_on_call_stays_until_the_shift_ends()
    {
        var rotation = Empty().Join("a b c", "2026-03-04 14:00");
        var change = Assert.IsType<RotationChange.Changed>(rotation.Leave("a", At("2026-03-05 00:00")));
        Assert.Equal("You are out of Core. You stay on call until Mon 9 Mar 09:00 CET.", change.Said);
        Assert.Equal("a b c b c", change.Next.Line("2026-03-05 00:00", 5));
        Assert.Equal("You have left Core already. You stay on call until Mon 9 Mar 09:00 CET.", Why(change.Next.Leave("a", At("2026-03-06 00:00"))));
        Assert.Equal("You are not in Core.", Why(change.Next.Leave("z", At("2026-03-06 00:00"))));
        Assert.Equal("a b c a b c", change.Next.Join("a", "2026-03-06 00:00").Line("2026-03-06 00:00", 6));
    }

    [Fact]
    public void After_the_last_one_there_is_nobody()
    {
        var change = Assert.IsType<RotationChange.Changed>(Empty().Join("a", "2026-03-04 14:00").Leave("a", At("2026-03-05 00:00")));
        Assert.EndsWith("Then nobody is: somebody should join.", change.Said);
        Assert.Equal("", change.Next.Who("2026-03-09 09:00"));
        Assert.Equal(At("2026-03-09 09:00"), OncallResolver.NextHandoff(change.Next, At("2026-03-05 00:00")));
        Assert.Null(OncallResolver.At(change.Next, At("2026-03-05 00:00")).Next);

        // Still on call: the newcomer follows. Afterwards: the newcomer is on call at once.
        Assert.Equal("a b", change.Next.Join("b", "2026-03-06 00:00").Line("2026-03-06 00:00", 2));
        Assert.Equal("b", change.Next.Join("b", "2026-03-12 00:00").Who("2026-03-12 00:00"));
    }

    [Fact]
    public void A_rotation_that_starts_late_costs_its_first_person_nothing()
    {
        var rotation = File("2026-04-06 09:00", Every.Week, "a b").Join("c", "2026-03-02 10:00");
        Assert.Equal("", rotation.Who("2026-03-20 00:00"));
        Assert.Equal("a b c a", rotation.Line("2026-03-02 10:00", 4));
        Assert.Equal("b c b", rotation.Leave("a", "2026-03-03 10:00").Line("2026-03-02 10:00", 3));
        var empty = File("2026-04-06 09:00", Every.Week, "").Join("c", "2026-03-02 10:00");
        Assert.Equal(At("2026-04-06 09:00"), OncallResolver.At(empty, At("2026-03-02 10:00")).Next!.Start);
    }

    [Fact]
    public void A_plan_made_for_later_survives_a_join()
    {
        var file = Layer("primary", "2026-03-02 09:00", Every.Week, "a b");
        var later = Revision.StartingAt(Local("2026-04-01 12:00"), Berlin, new Every(1, EveryUnit.Day), ["x", "y"]);
        var rotation = Of(new Layer("primary", [.. file.Revisions, later])).Join("c", "2026-03-03 00:00");
        Assert.Equal("b c a", rotation.Line("2026-03-09 09:00", 3));
        Assert.Equal("x y c x", rotation.Line("2026-04-01 12:00", 4));
    }

    [Fact]
    public void Months_keep_their_day_when_the_line_changes()
    {
        var rotation = File("2026-01-31 09:00", new Every(1, EveryUnit.Month), "a b").Join("c", "2026-02-10 00:00");
        Assert.Equal("b", rotation.Who("2026-02-28 09:00"));
        Assert.Equal(At("2026-03-31 09:00"), OncallResolver.NextHandoff(rotation, At("2026-03-01 00:00")));
        Assert.Equal("b c a b", rotation.Line("2026-02-28 09:00", 4));
    }

    [Theory]
    [InlineData(IsoDayOfWeek.Friday, "2026-03-13 17:00")] // Four days and a half: long enough.
    [InlineData(IsoDayOfWeek.Wednesday, "2026-03-18 17:00")] // Two days would be a scrap: the one after it.
    public void A_new_handoff_gives_nobody_a_scrap_of_a_shift(IsoDayOfWeek day, string firstEnd)
    {
        var rotation = Empty().Join("a b c", "2026-03-04 14:00");
        var change = Assert.IsType<RotationChange.Changed>(rotation.SetHandoff(day, new LocalTime(17, 0), "europe/berlin", At("2026-03-05 00:00")));
        var shifts = OncallResolver.Shifts(change.Next, At("2026-03-05 00:00"), At("2026-06-01 00:00")).Take(4).ToList();
        Assert.Equal("a b c a", string.Join(' ', shifts.Select(shift => shift.People[0])));
        Assert.Equal([At("2026-03-09 09:00"), At(firstEnd), At(firstEnd) + Duration.FromDays(7)], shifts.Take(3).Select(shift => shift.End!.Value));
        Assert.StartsWith($"Core hands off every {day} at 17:00 Europe/Berlin. Nothing changes before Mon 9 Mar 09:00 CET;", change.Said);

        // Joins before the move and inside the first shift, however long it is, keep the line.
        Assert.Equal("a b c d a", change.Next.Join("d", "2026-03-06 00:00").Line("2026-03-06 00:00", 5));
        Assert.Equal("b c a d b", change.Next.Join("d", "2026-03-12 00:00").Line("2026-03-12 00:00", 5));
    }

    [Fact]
    public void What_is_no_handoff_or_no_zone_or_no_name_is_refused_in_words()
    {
        var monday = new LocalTime(9, 0);
        var now = At("2026-03-05 00:00");
        Assert.Equal("Core hands off every Monday at 09:00 Europe/Berlin already.", Why(Empty().SetHandoff(IsoDayOfWeek.Monday, monday, "Europe/Berlin", now)));
        Assert.Equal("I do not know the time zone \"berlin\". Did you mean Europe/Berlin?", Why(Empty().SetHandoff(IsoDayOfWeek.Monday, monday, "berlin", now)));
        Assert.StartsWith("I do not know the time zone \"CEST+1\".", Why(Rotation.Create("core", "CEST+1", IsoDayOfWeek.Monday, monday, now)));
        Assert.StartsWith("A rotation's name is one word", Why(Rotation.Create("core team", "UTC", IsoDayOfWeek.Monday, monday, now)));
        var monthly = File("2026-01-31 09:00", new Every(1, EveryUnit.Month), "a b");
        Assert.StartsWith("core does not hand off weekly", Why(monthly.SetHandoff(IsoDayOfWeek.Monday, monday, "UTC", now)));
    }

    [Fact]
    public void An_empty_rotation_takes_its_new_handoff_at_once()
    {
        var rotation = Next(Empty().SetHandoff(IsoDayOfWeek.Friday, new LocalTime(17, 0), "America/New_York", At("2026-03-04 00:00"))).Join("a", "2026-03-04 14:00");
        Assert.Equal(Utc("2026-03-06T22:00"), OncallResolver.At(rotation, At("2026-03-04 14:00")).Shift!.End);
    }

    [Fact]
    public void The_stored_json_brings_back_the_same_rotation()
    {
        var rotation = Empty().Join("a b", "2026-03-04 14:00");
        var json = Rotation.Collection.Write(rotation);
        var back = (Rotation)Rotation.Collection.Read(json, 7);
        Assert.Equal(7, back.Version);
        Assert.Equal("core", back.Id);
        Assert.Equal(json, Rotation.Collection.Write(back));
        Assert.Equal(rotation.Line("2026-03-04 14:00", 5), back.Line("2026-03-04 14:00", 5));
        Assert.Contains("""
            {"from":"2026-03-04T13:00:00Z","zone":"Europe/Berlin","anchor":"2026-03-02T09:00:00","every":{"count":1,"unit":"week"},"participants":["a"],"firstTurn":0}
            """, json);
    }
}
