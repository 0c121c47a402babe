using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Core.BugReports;

namespace ChatOps.Sources.Mapped;

/// <summary>Any other bug-bounty platform that can post JSON: the settings say where in its body everything stands. It is only listened to; nothing is written back.</summary>
internal sealed class MappedSource(MappedSettings settings) : IReportSource
{
    private const int LongestId = 40;

    public string Name => settings.Name;

    public string Title => settings.Title;

    public string? DeliveryHeader => settings.DeliveryHeader;

    public ReportReading Read(ReadOnlyMemory<byte> body)
    {
        var (root, fault) = JsonReading.Parse(body);
        if (root is not { } found)
        {
            return ReportReading.Unreadable(fault!);
        }

        if (At(found, "Id").Line() is not { } id)
        {
            return ReportReading.Unreadable($"Nothing stands at {settings.Map["Id"]}, where the report's id should be.");
        }

        var word = At(found, "State").Line();
        var known = word is null ? ReportState.Triaged : ReportStateWords.Read(settings.States.GetValueOrDefault(word) ?? word);
        var facts = Facts(found, known ?? ReportState.New) with { OwnWord = known is null ? word : null };
        return new(
            [new ReportNews(Name, IdOf(id), facts) { SourceTitle = Title }],
            known is null ? [$"Report {id} is in a state that Sources:{Title}:States does not know: {word}. It stays open here, and counts as not validated unless it was."] : []);
    }

    private ReportFacts Facts(JsonElement root, ReportState state) => new(At(root, "Title").Line() ?? "", state)
    {
        Severity = ReportSeverityWords.Read(At(root, "Severity").Line()) ?? ReportSeverity.Unrated,
        Score = At(root, "Score").Number(),
        Weakness = At(root, "Weakness").Line(),
        Asset = At(root, "Asset").Line(),
        Reporter = At(root, "Reporter").Line(100),
        Assignee = At(root, "Assignee").Line(100),
        Url = At(root, "Url").Line(),
        Details = At(root, "Details").Text(2500),
        SubmittedAt = At(root, "SubmittedAt").Time(),
        TriagedAt = At(root, "ValidatedAt").Time(),
        ClosedAt = At(root, "ClosedAt").Time(),
        RewardedAt = At(root, "RewardedAt").Time(),
        Bounty = At(root, "Bounty").Number(),
        Currency = At(root, "Currency").Line(10),
        UpdatedAt = At(root, "UpdatedAt").Time(),
    };

    private JsonElement? At(JsonElement root, string field) => settings.Map.TryGetValue(field, out var path) ? root.At(path.Split('.')) : null;

    // It becomes part of keys and of the marker in an issue.
    private static string IdOf(string id) => id.Length <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? id
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];
}
