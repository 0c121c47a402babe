using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

/// <summary>Corrects the table: the report goes to that swarm, and so does its asset from now on.</summary>
internal sealed class SwarmCommand(BugReportService reports, SwarmTable swarms, TimeProvider clock) : ICommand
{
    private const string SwarmName = "swarm";

    public CommandHelp Help { get; } = new("reports swarm", "Say which swarm a bug report and its asset belong to; without words the table of swarms", Role.Responder)
    {
        Arguments = [ReportWords.Which, new(SwarmName, "the swarm's name") { Rest = true }],
        Example = "/reports swarm R-7 wallet",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel) => call[SwarmName] is not { } name
        ? call[ReportWords.Name] is null ? await Table(cancel) : await ReportWords.With(reports, call, clock, report => Of(report, cancel), cancel)
        : swarms.Named(name) is not { } swarm ? Answer.Refuse(Unknown(name))
        : await ReportWords.With(reports, call, clock, report => Give(report, swarm, call.Actor, cancel), cancel);

    private async Task<Answer> Give(BugReport report, Swarm swarm, Actor by, CancellationToken cancel) => ReportWords.Tell(
        await reports.Give(report.Id, swarm, by, cancel),
        given => Markup.Of($"{given.Id} belongs to {swarm.Name} now{(given.Facts.Asset is { } about ? $", and so does whatever else comes about {about}" : "")}."));

    private async Task<Answer> Of(BugReport report, CancellationToken cancel) => await swarms.Of(report, cancel) is { } swarm
        ? Answer.Say(Markup.Of($"{report.Id} belongs to {swarm.Name} ({swarm.Repository}). `/reports swarm {report.Id} NAME` changes that."))
        : Answer.Say(Markup.Of($"Nobody knows whose {report.Id} is{(report.Facts.Asset is { } asset ? $": {asset} stands in no swarm's row" : "")}. {Names()}"));

    private async Task<Answer> Table(CancellationToken cancel) => swarms.All.Count == 0 ? Answer.Refuse(Markup.Of($"{Names()}")) : Answer.Show(new Card("Swarms", CardState.Info)
    {
        Text = Markup.Lines(
        [
            .. swarms.All.Select(swarm => Markup.Of($"**{swarm.Name}** {swarm.Repository}: {(swarm.Assets.Count == 0 ? "no assets" : string.Join(", ", swarm.Assets))}")),
            .. (await swarms.Corrections(cancel)).Select(correction => Markup.Of($"{correction.Id}: {correction.Swarm}, says {correction.By}")),
        ]),
    });

    private Markup Unknown(string name) => Markup.Of($"There is no swarm \"{name}\"{(NearestWord.To(name, swarms.All.Select(swarm => swarm.Name)) is { } near ? $"; did you mean {near}?" : ".")} {Names()}");

    private string Names() => swarms.All.Count == 0 ? "No swarm is set up: settings BugReports:Swarms." : $"There {(swarms.All.Count == 1 ? "is" : "are")} {string.Join(", ", swarms.All.Select(swarm => swarm.Name))}.";
}
