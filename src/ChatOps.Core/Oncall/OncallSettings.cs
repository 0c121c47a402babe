using ChatOps.Core.Settings;
using ChatOps.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Oncall;

/// <summary>The setting <c>Rotations</c>: those that are made where the store has none of that name.</summary>
public sealed record OncallSettings(IReadOnlyList<RotationSeed> Rotations, string Channel)
{
    public static OncallSettings Read(SettingsReader settings, string onCallChannel)
    {
        var seeds = settings.Sections("Rotations").Select(ReadSeed).ToList();
        return new(seeds.Count > 0 ? seeds : [RotationSeed.Core], onCallChannel);
    }

    private static RotationSeed ReadSeed(SettingsReader seed)
    {
        seed.Knows("Name", "TimeZone", "Handoff", "File");
        if (seed.Text("File") is not null)
        {
            seed.Fault("File", "rotation files cannot be read in this version; use Name, TimeZone and Handoff");
        }

        var name = seed.Text("Name") ?? RotationSeed.Core.Name;
        var zone = seed.Text("TimeZone") ?? "UTC";
        if (WallClock.FindZone(zone) is null)
        {
            seed.Fault("TimeZone", WallClock.UnknownZone(zone).TrimEnd('.'));
        }

        var (day, time) = (RotationSeed.Core.Day, RotationSeed.Core.Time);
        if (seed.Text("Handoff") is { } handoff && !RotationSeed.TryReadHandoff(handoff, out day, out time))
        {
            seed.Fault("Handoff", $"\"{handoff}\" is not a day and a time: write it as monday 09:00");
        }

        if (Rotation.Create(name, "UTC", day, time, NodaConstants.UnixEpoch) is RotationChange.Refused refused)
        {
            seed.Fault("Name", refused.Why.TrimEnd('.'));
        }

        return new(name, zone, day, time);
    }
}

/// <summary>A weekly rotation with nobody in it.</summary>
public sealed record RotationSeed(string Name, string TimeZone, IsoDayOfWeek Day, LocalTime Time)
{
    public static RotationSeed Core { get; } = new("core", "UTC", IsoDayOfWeek.Monday, new LocalTime(9, 0));

    /// <summary>"monday 09:00", "Mon 9:00".</summary>
    public static bool TryReadHandoff(string text, out IsoDayOfWeek day, out LocalTime time)
    {
        (day, time) = (Core.Day, Core.Time);
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var dayWord, var timeWord])
        {
            return false;
        }

        var known = Enum.GetValues<IsoDayOfWeek>().FirstOrDefault(each => dayWord.Length >= 3 && each.ToString().StartsWith(dayWord, StringComparison.OrdinalIgnoreCase));
        var read = LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(timeWord);
        if (known == IsoDayOfWeek.None || !read.Success)
        {
            return false;
        }

        (day, time) = (known, read.Value);
        return true;
    }
}
