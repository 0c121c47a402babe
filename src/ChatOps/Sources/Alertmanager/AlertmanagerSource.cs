using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Core.Alerts;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Sources.Alertmanager;

/// <summary>
/// Prometheus Alertmanager's webhook, version 4. A group's status is "firing" while any of its alerts fires, so each alert's own status counts.
/// What one alert says wrongly never hides the others.
/// </summary>
internal sealed class AlertmanagerSource : IAlertSource
{
    public const string SourceTitle = "Alertmanager";

    // Its own are 16 hex digits; anything longer is hashed, since it becomes part of a stored id.
    private const int LongestFingerprint = 64;

    // More faults than anybody reads are only counted: a body of 8 MB can hold millions.
    private const int MostFaults = 20;

    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    public string Name => "alertmanager";

    public string Title => SourceTitle;

    public SourceReading Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith(Utf8Bom) ? body[Utf8Bom.Length..] : body, new JsonDocumentOptions { MaxDepth = 256 });
            return ReadGroup(document.RootElement);
        }
        catch (JsonException fault)
        {
            return SourceReading.Unreadable($"The body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            return SourceReading.Unreadable("The body holds text that is not Unicode.");
        }
    }

    private SourceReading ReadGroup(JsonElement group)
    {
        if (group.ValueKind != JsonValueKind.Object || !group.TryGetProperty("alerts", out var alerts) || alerts.ValueKind != JsonValueKind.Array)
        {
            return SourceReading.Unreadable("The body has no list \"alerts\": is this Alertmanager's webhook?");
        }

        var key = Text(group, "groupKey") ?? (group.TryGetProperty("groupLabels", out var labels) ? labels.GetRawText() : "");
        var signals = new List<Signal>();
        var faults = new List<string>();
        var more = 0;
        var count = alerts.GetArrayLength();
        foreach (var (index, alert) in alerts.EnumerateArray().Index())
        {
            try
            {
                signals.Add(ReadAlert(alert, Text(group, "status")));
            }
            catch (Exception fault) when (fault is FormatException or InvalidOperationException)
            {
                more += faults.Count < MostFaults ? 0 : 1;
                if (more == 0)
                {
                    faults.Add($"Alert {index + 1} of {count} in the group {key}: {fault.Message}");
                }
            }
        }

        if (more > 0)
        {
            faults.Add($"And {more} more.");
        }

        var receiver = Text(group, "receiver");
        var external = Text(group, "externalURL")?.TrimEnd('/');
        return new(signals.Count == 0 ? [] :
        [
            new SignalGroup(Name, key, signals)
            {
                SourceTitle = SourceTitle,
                Receiver = receiver,
                Url = external is null ? null : $"{external}/#/alerts{(receiver is null ? "" : "?receiver=" + Uri.EscapeDataString(receiver))}",
                Truncated = group.TryGetProperty("truncatedAlerts", out var truncated) && truncated.ValueKind == JsonValueKind.Number && truncated.TryGetInt32(out var missing) ? Math.Max(0, missing) : 0,
            },
        ],
        faults);
    }

    private static Signal ReadAlert(JsonElement alert, string? groupStatus)
    {
        if (alert.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is not an object.");
        }

        var labels = Pairs(alert, "labels");
        var fingerprint = Text(alert, "fingerprint");
        if (labels.Count == 0 && fingerprint is null)
        {
            throw new FormatException("it has neither labels nor a fingerprint, so nobody can say what it is about.");
        }

        var status = Text(alert, "status") ?? groupStatus;
        return new Signal(Short(fingerprint ?? JoinLabels(labels)), !string.Equals(status, "resolved", StringComparison.OrdinalIgnoreCase), labels, Pairs(alert, "annotations"))
        {
            StartsAt = Time(alert, "startsAt"),
            GeneratorUrl = Text(alert, "generatorURL"),
        };
    }

    private static Dictionary<string, string> Pairs(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var pairs) || pairs.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (pairs.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"its \"{name}\" is not an object.");
        }

        var read = new Dictionary<string, string>();
        foreach (var pair in pairs.EnumerateObject())
        {
            read[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText();
        }

        return read;
    }

    /// <summary>The text, or null when there is none that can be read.</summary>
    private static string? Text(JsonElement parent, string name)
    {
        try
        {
            return parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair is no text
        }
    }

    /// <summary>A time that cannot be read is none: when the alert arrived says enough.</summary>
    private static Instant? Time(JsonElement parent, string name) =>
        Text(parent, name) is { } text && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: { Year: > 1 and < 9999 } time } ? time.ToInstant() : null;

    private static string JoinLabels(Dictionary<string, string> labels) =>
        string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    private static string Short(string fingerprint) => fingerprint.Length <= LongestFingerprint && fingerprint.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? fingerprint
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint)))[..32];
}
