using System.Security.Cryptography;
using System.Text;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>A webhook's delivery that was taken. The id is that of the sender with what it brought: one whose ids repeat still loses nothing.</summary>
public sealed record ReportDelivery(string Id, Instant At) : Document(Id), IStored<ReportDelivery>
{
    /// <summary>A sender that comes again does so within hours.</summary>
    public static readonly Duration Kept = Duration.FromDays(7);

    public static Index<ReportDelivery> Old { get; } = new("old", delivery => $"{Keys.At(delivery.At)}|{delivery.Id}");

    public static Collection<ReportDelivery> Collection { get; } = new("report_deliveries", Old);

    public static ReportDelivery Of(string source, string id, ReadOnlySpan<byte> body, Instant now) => new(
        $"{source}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32]}|{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}", now);
}
