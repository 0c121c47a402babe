using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using Quartz;

namespace ChatOps.Jobs;

internal static class JobsRegistration
{
    public static readonly JobKey DueJobKey = new("due");

    /// <summary>What runs without anybody asking: the seeds, the delivery loops, and Quartz with the due trigger and the sweep behind it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="replica">This process.</param>
    /// <param name="sharedDatabase">The connection string of the database that replicas share, or null for one process alone.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, Replica replica, string? sharedDatabase)
    {
        services
            .AddLeases(replica, alone: sharedDatabase is null)
            .AddSingleton<WakeUps>()
            .AddSingleton<IWakeUps>(provider => provider.GetRequiredService<WakeUps>())
            .AddSingleton<DueRunner>()
            .AddSingleton<DueTrigger>();
        if (sharedDatabase is not null)
        {
            services.AddHostedService<ReplicaWatch>();
        }

        services
            .AddHostedService<RotationSeeding>()
            .AddQuartz(quartz =>
            {
                quartz.AddJob<DueJob>(job => job.WithIdentity(DueJobKey).StoreDurably());
                if (sharedDatabase is not null)
                {
                    quartz.UseShared(sharedDatabase, replica);
                }
            })
            .AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true)
            .AddHostedService(provider => provider.GetRequiredService<DueTrigger>())
            .AddHostedService<Sweep>()
            .AddHostedService<DeliveryLoop>();
        return services;
    }
}
