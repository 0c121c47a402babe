using ChatOps.Core.BugReports;

namespace ChatOps.Sources;

/// <summary>Notes at the first start with a source's secret that its reports are heard of from then on, before the first of them comes.</summary>
internal sealed class ReportBeginning(IEnumerable<IReportSource> sources, SourceSettings settings, ReportIntake intake) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.Where(source => settings.Doors[source.Name] is { IsThere: true, Secrets.Count: > 0 }))
        {
            await intake.Begin(source.Name, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
