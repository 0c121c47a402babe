using ChatOps.Core.Decisions;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>Stands at the earliest due time of the store. It may run twice, or on two replicas: what is due is decided on what is stored.</summary>
internal sealed class DueJob(DueRunner due, DueTrigger trigger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        trigger.Fired();
        await due.Run(cancellationToken);
    }
}
