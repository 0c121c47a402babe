using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People.Commands;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.People;

public static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services, Roles roles, IEnumerable<string> sources) => services
        .AddSingleton(provider => roles.With(provider.GetServices<IGroups>()))
        .AddSingleton(new TakenNames(sources))
        .AddSingleton<PeopleDirectory>()
        .AddSingleton<ICommand, MeCommand>()
        .AddSingleton<Collection>(Person.Collection)
        .AddSingleton<Collection>(Handle.Collection);
}
