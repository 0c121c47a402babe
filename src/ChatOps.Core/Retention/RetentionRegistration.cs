using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Retention;

public static class RetentionRegistration
{
    /// <summary>Call it after everything else that falls due: works run in the order in which they were added, and this one is never urgent.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<ChatTraces>()
        .AddSingleton<IDueWork, Condenser>();
}
