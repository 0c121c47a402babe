using ChatOps.Core.Oncall;
using ChatOps.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Tests.Core.Oncall;

/// <summary>Short words for the rotations that the tests speak about.</summary>
internal static class Rota
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    public static Instant Utc(string iso) => InstantPattern.ExtendedIso.Parse(iso + ":00Z").Value;

    /// <summary>A local time in Berlin, such as 2026-03-02 09:00.</summary>
    public static Instant At(string local) => WallClock.ToInstant(Local(local), Berlin);

    public static LocalDateTime Local(string local) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value;

    /// <summary>As a rotation file makes it: the first of the people starts at the start.</summary>
    public static Rotation File(string start, Every every, string people, string zone = "Europe/Berlin") => Of(Layer("primary", start, every, people, zone));

    public static Rotation Of(params Layer[] layers) => new("core", "core", layers);

    public static Layer Layer(string name, string start, Every every, string people, string zone = "Europe/Berlin") =>
        new(name, [Revision.StartingAt(Local(start), DateTimeZoneProviders.Tzdb[zone], every, People(people))]);

    public static string[] People(string people) => people.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Mondays 09:00 in Berlin, made on Monday 2026-03-02 at 10:00 with nobody in it.</summary>
    public static Rotation Empty() => Next(Rotation.Create("Core", "Europe/Berlin", IsoDayOfWeek.Monday, new LocalTime(9, 0), At("2026-03-02 10:00")));

    public static Rotation Next(RotationChange change) => Assert.IsType<RotationChange.Changed>(change).Next;

    public static string Why(RotationChange change) => Assert.IsType<RotationChange.Refused>(change).Why;

    public static Rotation Join(this Rotation rotation, string people, string now) =>
        People(people).Aggregate(rotation, (each, person) => Next(each.Join(person, At(now))));

    public static Rotation Leave(this Rotation rotation, string people, string now) =>
        People(people).Aggregate(rotation, (each, person) => Next(each.Leave(person, At(now))));

    public static string Who(this Rotation rotation, Instant at) => string.Join(' ', OncallResolver.At(rotation, at).People);

    public static string Who(this Rotation rotation, string at) => rotation.Who(At(at));

    /// <summary>Who has the next so many shifts, the one in progress first.</summary>
    public static string Line(this Rotation rotation, string from, int count) => string.Join(
        ' ', OncallResolver.Shifts(rotation, At(from), Instant.FromUtc(2100, 1, 1, 0, 0)).Take(count).Select(shift => shift.People[0]));
}
