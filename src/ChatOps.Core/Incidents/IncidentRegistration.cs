using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Incidents.Commands;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Incidents;

public static class IncidentRegistration
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<IncidentService>()
        .AddSingleton<IncidentTimeline>()
        .AddSingleton<OutsideNotes>()
        .AddSingleton<PostmortemService>()
        .AddSingleton<ICardSource, IncidentCards>()
        .AddSingleton<IHandoverSection, IncidentHandover>()
        .AddSingleton<IHandoverSection, PostmortemHandover>()
        .AddSingleton<ICommand, DeclareCommand>()
        .AddSingleton<ICommand, EditPostmortemCommand>()
        .AddSingleton<ICommand, LinkCommand>()
        .AddSingleton<ICommand, ListIncidentsCommand>()
        .AddSingleton<ICommand, ListPostmortemsCommand>()
        .AddSingleton<ICommand, MitigateCommand>()
        .AddSingleton<ICommand, NoteIncidentCommand>()
        .AddSingleton<ICommand, PublishCommand>()
        .AddSingleton<ICommand, ReopenCommand>()
        .AddSingleton<ICommand, ResolveIncidentCommand>()
        .AddSingleton<ICommand, SeverityCommand>()
        .AddSingleton<ICommand, ShowIncidentCommand>()
        .AddSingleton<ICommand, ShowPostmortemCommand>()
        .AddSingleton<ICommand, StartIncidentCommand>()
        .AddSingleton<ICommand, TimelineCommand>()
        .AddSingleton<ICommand, StartPostmortemCommand>()
        .AddSingleton<Collection>(Incident.Collection)
        .AddSingleton<Collection>(OutsideNote.Collection)
        .AddSingleton<Collection>(Postmortem.Collection);
}
