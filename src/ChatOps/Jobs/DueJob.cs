using ChatOps.Core.Decisions;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>Stands at the earliest due time of the store.</summary>
internal sealed class DueJob(DueRunner due) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await due.Run(cancellationToken);
}
