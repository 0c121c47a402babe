using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Time;

namespace ChatOps.Sources;

/// <summary>The door of a bug-bounty platform.</summary>
/// <param name="source">Reads its bodies.</param>
/// <param name="signature">How they are signed.</param>
/// <param name="isSigned">Whether it has a secret: then what cannot be read comes from the platform, and people have to know.</param>
/// <param name="intake">Stores what was read.</param>
/// <param name="self">Tells of what could not be.</param>
/// <param name="clock">The time.</param>
internal sealed class ReportHook(IReportSource source, HookSignature signature, bool isSigned, ReportIntake intake, SelfAlerts self, TimeProvider clock) : IHook
{
    public string Name => source.Name;

    public string Title => source.Title;

    public HookSignature? Signature => signature;

    public async Task<HookOutcome> Take(IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var reading = source.Read(body);
        var delivery = source.DeliveryHeader is { } name && headers[name].ToString() is { Length: > 0 } id ? ReportDelivery.Of(source.Name, id, body.Span, clock.Now()) : null;
        if (delivery is not null && await intake.Knows(delivery, cancel))
        {
            return new(reading.News.Count, []);
        }

        var nameless = await intake.Receive(reading.News, atFirstStart: false, cancel);
        var stored = reading.News.Count - nameless.Count;
        IReadOnlyList<string> faults = [.. reading.Faults, .. nameless];
        if (faults.Count > 0 && (stored > 0 || isSigned))
        {
            await self.Unreadable(source.Name, source.Title, faults, cancel);
        }

        if (delivery is not null && faults.Count == 0)
        {
            await intake.Note(delivery, cancel);
        }

        return new(stored, faults);
    }
}
