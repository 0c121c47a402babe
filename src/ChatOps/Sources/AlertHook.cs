using ChatOps.Core.Alerts;

namespace ChatOps.Sources;

/// <summary>The door of a monitoring system.</summary>
internal sealed class AlertHook(IAlertSource source, AlertIntake intake, SelfAlerts self) : IHook
{
    public string Name => source.Name;

    public string Title => source.Title;

    public HookSignature? Signature => null;

    public async Task<HookOutcome> Take(IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var reading = source.Read(body);
        var stored = reading.Groups.Sum(group => group.Signals.Count);
        await intake.Receive(reading.Groups, cancel);
        if (stored > 0 && reading.Faults.Count > 0)
        {
            await self.Unreadable(source.Name, source.Title, reading.Faults, cancel);
        }

        return new(stored, reading.Faults);
    }
}
