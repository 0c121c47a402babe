using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

/// <summary>The swarm's issue: a form creates it, or it is linked by its address. The clock stops when it is there.</summary>
internal sealed class CreateIssueCommand(BugReportService reports, SwarmTable swarms, BugReportSettings settings, IEnumerable<IIssueTracker> trackers, TimeProvider clock) : ICommand
{
    public const string Action = "issue";
    private const string Url = "url";
    private const string SwarmField = "swarm";
    private const string Repository = "repository";
    private const string Labels = "labels";
    private const string Assignees = "assignees";
    private const string Title = "title";
    private const int LongestTitle = 200;

    public CommandHelp Help { get; } = new("reports issue", "Create the issue that a bug report's swarm works on, in a form, or link one that is there; either stops its clock", Role.Responder)
    {
        Arguments = [ReportWords.Which, new(Url, "the address of an issue that is there already")],
        Example = "/reports issue R-7 https://github.com/status-im/status-mobile/issues/12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => ReportWords.With(
        reports,
        call,
        clock,
        async report =>
        {
            if (call.Means == Means.Form)
            {
                return await Submit(report, call, cancel);
            }

            if (call[Url] is { } url)
            {
                return Link(url) is { } effect
                    ? ReportWords.Tell(await reports.WantIssue(report.Id, _ => effect, null, call.Actor, cancel), _ => Markup.Of($"{report.Id} gets this issue: {Markup.Link(url, url)}."))
                    : Answer.Refuse(Markup.Of($"\"{url}\" is not an issue: write its address, as in https://github.com/status-im/status-mobile/issues/12."));
            }

            return !trackers.Any() ? Answer.Refuse(Markup.Of($"I cannot create issues: no tracker is set up (setting `GitHub:Token`). Create it by hand and tell me: `/reports issue {report.Id} ADDRESS`."))
                : report.Issue is { Gone: false } issue ? Answer.Refuse(Markup.Of($"{report.Id} has its issue: {Markup.Link(issue.Url, issue.Url)}."))
                : Answer.Open(FormFor(report, await swarms.Of(report, cancel)));
        },
        cancel);

    private async Task<Answer> Submit(BugReport report, Invocation call, CancellationToken cancel)
    {
        string? Field(string name) => call.Form.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;
        var swarm = swarms.Named(Field(SwarmField));
        var repository = Field(Repository) ?? swarm?.Repository;
        var title = string.Join(' ', (Field(Title) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var labels = IssueTemplate.WithOwn(Words(Field(Labels)), settings.LabelGroups, swarm);
        if (repository is null || !BugReportSettings.IsRepository(repository))
        {
            return Answer.Wrong(Repository, repository is null ? "Choose a swarm, or write a repository, as in status-im/status-mobile." : $"\"{repository}\" is not a repository: write it as status-im/status-mobile.");
        }

        if (LabelGroup.Fault(settings.LabelGroups, labels) is { } fault)
        {
            return Answer.Wrong(Labels, fault);
        }

        if (title.Length is 0 or > LongestTitle || labels.Count > IssueTemplate.MostLabels)
        {
            return title.Length is 0 or > LongestTitle ? Answer.Wrong(Title, $"A title has 1 to {LongestTitle} characters; this one has {title.Length}.") : Answer.Wrong(Labels, $"At most {IssueTemplate.MostLabels} labels.");
        }

        var people = Words(Field(Assignees)).Select(name => name.TrimStart('@')).DefaultIfEmpty().OfType<string>().ToList();
        IReadOnlyList<string> assignees = people.Count > 0 ? people : swarm?.Assignees ?? [];
        var key = Guid.NewGuid();
        return ReportWords.Tell(
            await reports.WantIssue(
                report.Id,
                current => new ReportEffect(EffectKind.CreateIssue, "", default, default) { Draft = IssueTemplate.Draft(current, key, repository, title, labels, assignees) },
                swarm?.Name,
                call.Actor,
                cancel),
            _ => Markup.Of($"The issue for {report.Id} is on its way to {repository}: its card will show it, and then the clock stops."));
    }

    private Form FormFor(BugReport report, Swarm? swarm) => new(Help.Words, report.Id, report.Version, $"Issue for {report.Id}",
    [
        .. settings.Swarms.Count == 0 ? Array.Empty<FormField>() :
        [
            new FormField(SwarmField, "Swarm", FieldKind.Select)
            {
                Value = swarm?.Name,
                Options = [.. settings.Swarms.Select(each => new Choice(each.Name, $"{each.Name} ({each.Repository})"))],
                Hint = report.Facts.Asset is { } asset ? $"The report is about {asset}." : null,
            },
        ],
        new(Repository, "Repository", FieldKind.Text, Required: settings.Swarms.Count == 0) { Hint = settings.Swarms.Count == 0 ? "As in status-im/status-mobile." : "Left empty: the swarm's own." },
        new(Labels, "Labels", FieldKind.Text, Required: true)
        {
            Value = string.Join(", ", IssueTemplate.LabelsOf(report, settings.LabelGroups, swarm)),
            Hint = $"Exactly one of each group: {string.Join(", ", settings.LabelGroups.Select(group => group.Name))}. The swarm's own are added.",
        },
        new(Assignees, "Assignees", FieldKind.Text) { Hint = "Names on GitHub, with commas. Left empty: the swarm's own." },
        new(Title, "Title", FieldKind.Text, Required: true) { Value = IssueTemplate.TitleOf(report), Hint = "The repository may be public: say nothing of what is wrong." },
    ], "Create issue");

    private static ReportEffect? Link(string text) => IssueAddress.Read(text) is { } address
        ? new ReportEffect(EffectKind.LinkIssue, "", default, default) { Link = address.Reference, Text = address.Url.AbsoluteUri }
        : null;

    private static string[] Words(string? text) => (text ?? "").Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
