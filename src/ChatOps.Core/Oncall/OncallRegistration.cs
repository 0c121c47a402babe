using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall.Commands;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Oncall;

public static class OncallRegistration
{
    public static IServiceCollection AddOncall(this IServiceCollection services, OncallSettings settings, HandoverSettings handover) => services
        .AddSingleton(settings)
        .AddSingleton(handover)
        .AddSingleton<OncallService>()
        .AddSingleton<Departure>()
        .AddSingleton<HandoverFacts>()
        .AddSingleton<HandoverService>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<HandoverService>())
        .AddSingleton<ICardSource, HandoverCards>()
        .AddSingleton<ICommand, HandoverCommand>()
        .AddSingleton<ICommand, HandoffCommand>()
        .AddSingleton<ICommand, JoinCommand>()
        .AddSingleton<ICommand, LeaveCommand>()
        .AddSingleton<ICommand, MineCommand>()
        .AddSingleton<ICommand, NextCommand>()
        .AddSingleton<ICommand, ReadyCommand>()
        .AddSingleton<ICommand, RotationCommand>()
        .AddSingleton<ICommand, ScheduleCommand>()
        .AddSingleton<ICommand, WhoCommand>()
        .AddSingleton<Collection>(Handover.Collection)
        .AddSingleton<Collection>(Rotation.Collection);
}
