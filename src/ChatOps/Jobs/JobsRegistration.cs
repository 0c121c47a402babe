using ChatOps.Core.Decisions;
using Quartz;

namespace ChatOps.Jobs;

internal static class JobsRegistration
{
    public static readonly JobKey DueJobKey = new("due");

    private static readonly JobKey SweepJobKey = new("sweep");
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);

    /// <summary>What runs without anybody asking: the seeds, the delivery loops, and Quartz with the due trigger and the sweep behind it.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services
            .AddSingleton<WakeUps>()
            .AddSingleton<IWakeUps>(provider => provider.GetRequiredService<WakeUps>())
            .AddSingleton<DueRunner>()
            .AddHostedService<RotationSeeding>()
            .AddQuartz(quartz =>
            {
                quartz.AddJob<DueJob>(job => job.WithIdentity(DueJobKey).StoreDurably());
                quartz.AddJob<SweepJob>(job => job.WithIdentity(SweepJobKey));
                quartz.AddTrigger(trigger => trigger.ForJob(SweepJobKey).WithIdentity("sweep").StartNow()
                    .WithSimpleSchedule(every => every.WithInterval(Sweep).RepeatForever()));
            })
            .AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true)
            .AddHostedService<DueTrigger>()
            .AddHostedService<DeliveryLoop>();
        return services;
    }
}
