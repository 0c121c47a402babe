using System.Data.Common;
using ChatOps.Core.Leases;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>
/// Where Quartz keeps its trigger. In memory for one process: it is rebuilt from the documents at each start. For replicas in their database, in tables that begin with <c>qrtz_</c>, so
/// that the trigger fires on one of them.
/// </summary>
internal static class QuartzStore
{
    // A killed replica is noticed when its check-in is so much late: 15 s after its last one. The sweep is faster, and does not wait for it.
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    // A database that was away is asked again so soon.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    public static void UseShared(this IQuartzBuilder quartz, Func<DbDataSource> database, Replica replica)
    {
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.InstanceId) = ("ChatOps", replica.Name));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => database());
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, Late));
            store.ProvisionSchema();
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(options => (options.StoreJobDataAsStrings, options.DbRetryInterval) = (true, Retry));
        });
    }
}
