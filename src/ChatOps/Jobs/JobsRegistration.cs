using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using ChatOps.Storage;
using Quartz;

namespace ChatOps.Jobs;

internal static class JobsRegistration
{
    public static readonly JobKey DueJobKey = new("due");

    /// <summary>What runs without anybody asking: the seeds, the delivery loops, and Quartz with the due trigger and the sweep behind it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="storage">The store: a database may be shared with other replicas, a file is not.</param>
    /// <param name="replica">This process.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, StorageSettings storage, Replica replica)
    {
        var shared = (storage as StorageSettings.Postgres)?.Connection;
        services
            .AddLeases(replica, alone: shared is null)
            .AddSingleton<WakeUps>()
            .AddSingleton<IWakeUps>(provider => provider.GetRequiredService<WakeUps>())
            .AddSingleton<DueRunner>()
            .AddSingleton<DueTrigger>();
        if (shared is not null)
        {
            services.AddHostedService<ReplicaWatch>();
        }

        services
            .AddHostedService<RotationSeeding>()
            .AddQuartz(quartz =>
            {
                quartz.AddJob<DueJob>(job => job.WithIdentity(DueJobKey).StoreDurably());
                if (shared is not null)
                {
                    quartz.UseShared(shared, replica);
                }
            })
            .AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true)
            .AddHostedService(provider => provider.GetRequiredService<DueTrigger>())
            .AddHostedService<Sweep>()
            .AddHostedService<DeliveryLoop>();
        return services;
    }
}
