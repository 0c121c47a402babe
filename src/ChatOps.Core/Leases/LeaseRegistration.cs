using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Leases;

public static class LeaseRegistration
{
    /// <param name="services">Where to.</param>
    /// <param name="replica">This process.</param>
    /// <param name="alone">The store lets one process in only: nothing has to be waited for.</param>
    public static IServiceCollection AddLeases(this IServiceCollection services, Replica replica, bool alone)
    {
        services.AddSingleton(replica).AddSingleton<Collection>(Lease.Collection).AddSingleton<Collection>(Term.Collection);
        return alone
            ? services.AddSingleton<ILeases, SoleLeases>()
            : services.AddSingleton<SharedLeases>().AddSingleton<ILeases>(provider => provider.GetRequiredService<SharedLeases>());
    }
}
