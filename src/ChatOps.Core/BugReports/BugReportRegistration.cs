using ChatOps.Core.BugReports.Commands;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Digests;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.BugReports;

public static class BugReportRegistration
{
    public static IServiceCollection AddBugReports(this IServiceCollection services, BugReportSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<SwarmTable>()
        .AddSingleton<ReportIntake>()
        .AddSingleton<ReportWriter>()
        .AddSingleton<BugReportService>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<BugReportService>())
        .AddSingleton<ReportCards>()
        .AddSingleton<ICardSource>(provider => provider.GetRequiredService<ReportCards>())
        .AddSingleton<IHandoverSection, ReportHandover>()
        .AddSingleton<IDigest, BugReportsDigest>()
        .AddSingleton<ICommand, AskForMoreCommand>()
        .AddSingleton<ICommand, CommentReportCommand>()
        .AddSingleton<ICommand, CreateIssueCommand>()
        .AddSingleton<ICommand, DoneReportCommand>()
        .AddSingleton<ICommand, ListReportsCommand>()
        .AddSingleton<ICommand, ShowReportCommand>()
        .AddSingleton<ICommand, SwarmCommand>()
        .AddSingleton<ICommand, TakeReportCommand>()
        .AddSingleton<ICommand, UnsentReportCommand>()
        .AddSingleton<Collection>(BugReport.Collection)
        .AddSingleton<Collection>(ReportDelivery.Collection)
        .AddSingleton<Collection>(ReportSource.Collection)
        .AddSingleton<Collection>(SwarmCorrection.Collection);
}
