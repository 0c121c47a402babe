using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Core.Settings;
using ChatOps.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.BugReports;

/// <summary>The settings <c>BugReports</c>.</summary>
/// <param name="Channel">Where the cards stand.</param>
/// <param name="Rotation">Who is told.</param>
/// <param name="ShowDetails">Whether what is wrong, in the researcher's words, may stand in that channel.</param>
/// <param name="Clock">How long a report may wait.</param>
/// <param name="Targets">What the programme promises.</param>
/// <param name="Swarms">Who mends what.</param>
/// <param name="LabelGroups">Of each group an issue carries exactly one label.</param>
public sealed partial record BugReportSettings(
    string Channel, string Rotation, bool ShowDetails, ClockRules Clock, ReportTargets Targets, IReadOnlyList<Swarm> Swarms, IReadOnlyList<LabelGroup> LabelGroups)
{
    private static readonly LocalTimePattern Hours = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static BugReportSettings Read(SettingsReader reports, string onCallChannel)
    {
        reports.Knows("Channel", "Rotation", "ShowDetails", "Clock", "Business", "Targets", "Swarms", "LabelGroups");
        var business = ReadBusiness(reports.Section("Business"));
        return new(
            reports.Text("Channel")?.TrimStart('#') ?? onCallChannel,
            reports.Text("Rotation")?.ToLowerInvariant() ?? "core",
            reports.Flag("ShowDetails", false),
            ReadClock(reports.Section("Clock"), business),
            ReadTargets(reports.Section("Targets"), business),
            [.. reports.Sections("Swarms").Select(ReadSwarm)],
            reports.Sections("LabelGroups").Select(group => new LabelGroup(group.Name, reports.Section("LabelGroups").List(group.Name) ?? [])).ToList() is { Count: > 0 } groups ? groups : LabelGroup.Usual);
    }

    private static WorkingTime ReadBusiness(SettingsReader business)
    {
        business.Knows("TimeZone", "Days", "From", "To");
        var name = business.Text("TimeZone") ?? "UTC";
        var zone = WallClock.FindZone(name);
        if (zone is null)
        {
            business.Fault("TimeZone", WallClock.UnknownZone(name).TrimEnd('.'));
        }

        var days = new List<IsoDayOfWeek>();
        foreach (var word in business.List("Days") ?? [])
        {
            var day = Enum.GetValues<IsoDayOfWeek>().FirstOrDefault(each => each != IsoDayOfWeek.None && word.Length >= 3 && each.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase));
            if (day == IsoDayOfWeek.None)
            {
                business.Fault("Days", $"\"{word}\" is not a day: write Mon, Tue, Wed, Thu, Fri, Sat, Sun");
            }
            else
            {
                days.Add(day);
            }
        }

        var (from, to) = (ReadTime(business, "From", new LocalTime(9, 0)), ReadTime(business, "To", new LocalTime(17, 0)));
        if (to <= from && to != LocalTime.Midnight)
        {
            business.Fault("To", "it is not later than From");
            (from, to) = (new LocalTime(9, 0), new LocalTime(17, 0));
        }

        return new(zone ?? DateTimeZone.Utc, days.Count > 0 ? days : WorkingTime.Weekdays, from, to);
    }

    private static LocalTime ReadTime(SettingsReader business, string key, LocalTime otherwise)
    {
        if (business.Text(key) is not { } text)
        {
            return otherwise;
        }

        if (Hours.Parse(text) is { Success: true } read)
        {
            return read.Value;
        }

        business.Fault(key, $"\"{text}\" is not a time of day: write it as 09:00");
        return otherwise;
    }

    private static ClockRules ReadClock(SettingsReader clock, WorkingTime business)
    {
        ReportSeverity[] rated = [ReportSeverity.Critical, ReportSeverity.High, ReportSeverity.Medium, ReportSeverity.Low, ReportSeverity.None];
        clock.Knows(["Within", "Hours", .. rated.Select(severity => severity.ToString())]);
        var hours = clock.Text("Hours")?.ToLowerInvariant() ?? "wall";
        if (hours is not ("wall" or "business"))
        {
            clock.Fault("Hours", $"\"{hours}\" is neither wall nor business");
        }

        return new(
            ReadSpan(clock, "Within", Duration.FromHours(24)),
            rated.Where(severity => clock.Text(severity.ToString()) is not null).ToDictionary(severity => severity, severity => ReadSpan(clock, severity.ToString(), Duration.FromHours(24))),
            hours == "business" ? business : null);
    }

    private static Duration ReadSpan(SettingsReader clock, string key, Duration otherwise)
    {
        var span = clock.Span(key, otherwise);
        if (span >= Duration.FromMinutes(1) && span <= Duration.FromDays(365))
        {
            return span;
        }

        clock.Fault(key, "a report may wait for at least a minute and at most a year");
        return otherwise;
    }

    private static ReportTargets ReadTargets(SettingsReader targets, WorkingTime business)
    {
        targets.Knows("FirstResponse", "Triage", "Bounty", "Resolution");
        return new(targets.Number("FirstResponse", 3, 0, 1000), targets.Number("Triage", 5, 0, 1000), targets.Number("Bounty", 30, 0, 1000), targets.Number("Resolution", 30, 0, 1000), business);
    }

    private static Swarm ReadSwarm(SettingsReader swarm)
    {
        swarm.Knows("Name", "Assets", "Repository", "Labels", "Assignees");
        var repository = swarm.Text("Repository") ?? "";
        if (!IsRepository(repository))
        {
            swarm.Fault("Repository", repository.Length == 0 ? "it is missing: write it as status-im/status-mobile" : $"\"{repository}\" is not a repository: write it as status-im/status-mobile");
        }

        if (swarm.Text("Name") is null)
        {
            swarm.Fault("Name", "it is missing");
        }

        return new(swarm.Text("Name") ?? "", swarm.List("Assets") ?? [], repository) { Labels = swarm.List("Labels") ?? [], Assignees = swarm.List("Assignees") ?? [] };
    }

    /// <summary>All that an issue may be labelled with by itself.</summary>
    public IReadOnlyList<string> Labels =>
        [.. LabelGroups.SelectMany(group => group.Values.Select(value => $"{group.Name}:{value}")).Concat(Swarms.SelectMany(swarm => swarm.Labels)).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static bool IsRepository(string text) => Repository().IsMatch(text);

    /// <summary>A number as settings and messages write it.</summary>
    internal static string Say(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
    private static partial Regex Repository();
}
