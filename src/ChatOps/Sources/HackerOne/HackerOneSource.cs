using System.Text.Json;
using ChatOps.Core.BugReports;

namespace ChatOps.Sources.HackerOne;

/// <summary>
/// HackerOne's webhooks. The envelope is <c>{"data":{"activity":…,"report":…}}</c>, in which each of the two may be wrapped in a <c>data</c> of its own. Events about people who join or leave
/// carry no report, and are nothing to us.
/// </summary>
internal sealed class HackerOneSource(HackerOneSettings settings) : IReportSource
{
    public const string SourceName = "hackerone";
    public const string SourceTitle = "HackerOne";

    public static HookSignature Signature { get; } = new("X-H1-Signature", "sha256=");

    public string Name => SourceName;

    public string Title => SourceTitle;

    public string DeliveryHeader => "X-H1-Delivery";

    public ReportReading Read(ReadOnlyMemory<byte> body)
    {
        var (root, fault) = JsonReading.Parse(body);
        if (root is not { } envelope)
        {
            return ReportReading.Unreadable(fault!);
        }

        if (envelope.At("data") is not { ValueKind: JsonValueKind.Object } data)
        {
            return ReportReading.Unreadable("The body has no object \"data\": is this HackerOne's webhook?");
        }

        var activity = data.At("activity", "data") ?? data.At("activity");
        var report = data.At("report", "data") ?? data.At("report");
        if (report is not { } found)
        {
            return activity is null ? ReportReading.Unreadable("\"data\" has neither a report nor an activity.") : new([], []);
        }

        var (news, wrong) = HackerOneReading.Report(found, activity, settings.Program);
        return new(news is null ? [] : [news], wrong is null ? [] : [wrong]);
    }
}
