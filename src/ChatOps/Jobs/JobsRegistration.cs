using System.Data.Common;
using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using Quartz;

namespace ChatOps.Jobs;

internal static class JobsRegistration
{
    public static readonly JobKey DueJobKey = new("due");

    /// <summary>What runs without anybody asking: the delivery loops, and Quartz with the due trigger and the sweep behind it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="replica">This process.</param>
    /// <param name="shared">Connects to the database that it may share with other replicas; null where it has a store for itself.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, Replica replica, Func<DbDataSource>? shared)
    {
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
            .AddHostedService<DeliveryLoop>()
            .AddHostedService<ReportLoop>();
        return services;
    }
}
