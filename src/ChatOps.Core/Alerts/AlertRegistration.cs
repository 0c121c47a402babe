using ChatOps.Core.Alerts.Commands;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Alerts;

public static class AlertRegistration
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<EscalationPlans>()
        .AddSingleton<AlertIntake>()
        .AddSingleton<AlertService>()
        .AddSingleton<SilenceService>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<AlertService>())
        .AddSingleton<SelfAlerts>()
        .AddSingleton<IDeliveryAlarm>(provider => provider.GetRequiredService<SelfAlerts>())
        .AddSingleton<IChainAlarm>(provider => provider.GetRequiredService<SelfAlerts>())
        .AddSingleton<ICardSource, AlertCards>()
        .AddSingleton<ICardSource, AlertCalls>()
        .AddSingleton<ICardSource, AlertPages>()
        .AddSingleton<IHandoverSection, OpenAlertsSection>()
        .AddSingleton<IHandoverSection, WeekNumbersSection>()
        .AddSingleton<ICommand, AckCommand>()
        .AddSingleton<ICommand, EscalateCommand>()
        .AddSingleton<ICommand, HistoryCommand>()
        .AddSingleton<ICommand, ListCommand>()
        .AddSingleton<ICommand, NoteCommand>()
        .AddSingleton<ICommand, PageCommand>()
        .AddSingleton<ICommand, ResolveCommand>()
        .AddSingleton<ICommand, ShowCommand>()
        .AddSingleton<ICommand, SilenceCommand>()
        .AddSingleton<ICommand, SnoozeCommand>()
        .AddSingleton<ICommand, UnsilenceCommand>()
        .AddSingleton<ICommand, WakeCommand>()
        .AddSingleton<Collection>(Alert.Collection)
        .AddSingleton<Collection>(Episode.Collection)
        .AddSingleton<Collection>(Silence.Collection);
}
