using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Chat;

public static class ChatRegistration
{
    /// <summary>The router, the guide and the delivery of cards.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddSingleton<CommandCatalog>()
        .AddSingleton<CommandRouter>()
        .AddSingleton<Decider>()
        .AddSingleton<Outbox>()
        .AddSingleton<DeliveryWorker>()
        .AddSingleton<ICardSource, AnnouncementCards>()
        .AddSingleton<Collection>(Receipt.Collection)
        .AddSingleton<Collection>(Mark.Collection)
        .AddSingleton<Collection>(Shown.Collection)
        .AddSingleton<Collection>(Announcement.Collection);
}
