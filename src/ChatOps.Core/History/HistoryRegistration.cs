using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.History;

public static class HistoryRegistration
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddSingleton<ICardSource, HistoryCards>()
        .AddSingleton<Collection>(HistoryEntry.Collection);
}
