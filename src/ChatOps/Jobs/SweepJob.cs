using ChatOps.Core.Decisions;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>Every ten seconds: whatever a lost wake-up left behind.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(DueRunner due, WakeUps wakeUps) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        wakeUps.Deliver();
        await due.Run(cancellationToken);
    }
}
