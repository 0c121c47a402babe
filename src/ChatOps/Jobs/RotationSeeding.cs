using ChatOps.Core.Oncall;

namespace ChatOps.Jobs;

/// <summary>Makes the rotations of the settings before anything else starts.</summary>
internal sealed class RotationSeeding(OncallService oncall) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => oncall.Seed(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
