using ChatOps.Core.Settings;

namespace ChatOps.Sources.Mapped;

/// <summary>The settings <c>Sources:{Name}</c> of a bug-report source that they make: how it signs, and where in its body everything stands.</summary>
/// <param name="Title">As the settings name it.</param>
/// <param name="Signature">How it signs.</param>
/// <param name="DeliveryHeader">Where a delivery's id stands, or null.</param>
/// <param name="Map">By our name of a field the path to it: <c>data.report.id</c>.</param>
/// <param name="States">By its word for a state ours.</param>
internal sealed record MappedSettings(string Title, HookSignature Signature, string? DeliveryHeader, IReadOnlyDictionary<string, string> Map, IReadOnlyDictionary<string, string> States)
{
    public static IReadOnlyList<string> Fields { get; } =
        ["Id", "Title", "State", "Severity", "Score", "Weakness", "Asset", "Reporter", "Assignee", "Url", "Details", "SubmittedAt", "ValidatedAt", "ClosedAt", "UpdatedAt", "RewardedAt", "Bounty", "Currency"];

    public string Name => Title.ToLowerInvariant();

    public static MappedSettings Read(SettingsReader source)
    {
        source.Knows("Secret", "Enabled", "SignatureHeader", "SignaturePrefix", "DeliveryHeader", "Map", "States");
        source.Section("Map").Knows([.. Fields]);
        var map = new Dictionary<string, string>(source.Pairs("Map"), StringComparer.OrdinalIgnoreCase);
        foreach (var needed in new[] { "Id", "Title", "UpdatedAt" }.Where(field => !map.ContainsKey(field)))
        {
            source.Section("Map").Fault(needed, "it is missing: write the path to it in the body, as in data.report.id");
        }

        var states = new Dictionary<string, string>(source.Pairs("States"), StringComparer.OrdinalIgnoreCase);
        foreach (var (theirs, ours) in states.Where(pair => Core.BugReports.ReportStateWords.Read(pair.Value) is null))
        {
            source.Section("States").Fault(theirs, $"\"{ours}\" is no state: new, needs-more-info, triaged, resolved, informative, not-applicable, duplicate, spam");
        }

        return new(source.Name, new HookSignature(source.Text("SignatureHeader") ?? "X-Signature", source.Text("SignaturePrefix") ?? ""), source.Text("DeliveryHeader"), map, states);
    }
}
