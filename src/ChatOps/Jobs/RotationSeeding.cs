using ChatOps.Core.Alerts;
using ChatOps.Core.Oncall;

namespace ChatOps.Jobs;

/// <summary>Makes the rotations of the settings before anything else starts.</summary>
internal sealed partial class RotationSeeding(OncallService oncall, AlertSettings alerts, ILogger<RotationSeeding> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await oncall.Seed(cancellationToken);
        foreach (var name in alerts.NamedRotations)
        {
            if (!await oncall.Has(name, cancellationToken))
            {
                LogUnknown(name);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "There is no rotation {Rotation}, but a route or a policy names it: nobody is told there")]
    private partial void LogUnknown(string rotation);
}
