using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Oncall.Commands;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Oncall;

public static class OncallRegistration
{
    public static IServiceCollection AddOncall(this IServiceCollection services, OncallSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<OncallService>()
        .AddSingleton<ICommand, HandoffCommand>()
        .AddSingleton<ICommand, JoinCommand>()
        .AddSingleton<ICommand, LeaveCommand>()
        .AddSingleton<ICommand, NextCommand>()
        .AddSingleton<ICommand, RotationCommand>()
        .AddSingleton<ICommand, WhoCommand>()
        .AddSingleton<Collection>(Rotation.Collection);
}
