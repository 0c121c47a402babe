using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Digests;

public static class DigestRegistration
{
    public static IServiceCollection AddDigests(this IServiceCollection services, DigestSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<IDueWork, DigestService>()
        .AddSingleton<IDigest, OnCallWeekDigest>()
        .AddSingleton<Collection>(DigestTurn.Collection);
}
