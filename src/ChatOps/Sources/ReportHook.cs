using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Time;

namespace ChatOps.Sources;

/// <summary>The door of a bug-bounty platform.</summary>
internal sealed class ReportHook(IReportSource source, HookSignature signature, ReportIntake intake, SelfAlerts self, TimeProvider clock) : IHook
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

        await intake.Receive(reading.News, atFirstStart: false, cancel);
        if (reading.News.Count > 0 && reading.Faults.Count > 0)
        {
            await self.Unreadable(source.Name, source.Title, reading.Faults, cancel);
        }

        if (delivery is not null && reading.Faults.Count == 0)
        {
            await intake.Note(delivery, cancel);
        }

        return new(reading.News.Count, reading.Faults);
    }
}
