using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Alerts;

/// <summary>
/// What a pager shows of an alert: one page for each time that a step told it, <c>A-12/2</c>. A page rings while it is firing; somebody who acknowledges,
/// snoozes or silences the alert in chat makes it quiet, a later page or the alert's end closes it.
/// </summary>
internal sealed class AlertPages(IStore store) : ICardSource
{
    /// <summary>Where pages belong: to no channel of a chat.</summary>
    public const string Channel = "pager";

    public string Kind => Face.PageKind;

    /// <summary>The last page and the one that it replaces; those before were closed when that one came.</summary>
    public static IEnumerable<Face> FacesOf(Alert alert) =>
        Enumerable.Range(Math.Max(1, alert.Pages - 1), Math.Min(2, alert.Pages)).Select(page => new Face(Face.PageKind, $"{alert.Id}/{page}"));

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        id.Split('/') is [var alertId, var number] && int.TryParse(number, out var page) && await store.Find<Alert>(alertId, cancel) is { } alert
            ? new Drawing(CardOf(alert, page), id, Channel)
            : null;

    private static Card CardOf(Alert alert, int page) => new($"{alert.Id} {alert.Facts.Title}", StateOf(alert, page))
    {
        Text = Markup.Plain(alert.Facts.Summary),
        Fields = [.. Fields(alert).Where(field => !field.Value.IsEmpty)],
    };

    private static IEnumerable<CardField> Fields(Alert alert) =>
    [
        new(PageFields.Severity, Markup.Plain(alert.Facts.Severity.Say())),
        new(PageFields.Source, Markup.Plain(alert.Facts.SourceTitle)),
        new("Rotation", Markup.Plain(alert.Route.Rotation)),
        new("Since", Markup.Plain(WallClock.Say(alert.OpenedAt, alert.TimeZone))),
        new("Description", Markup.Plain(alert.Facts.Description)),
        .. alert.Facts.Labels.Select(label => new CardField(label.Key, Markup.Plain(label.Value))),
        .. alert.Facts.Links.Select(link => new CardField(link.Name, Markup.Plain(link.Url))),
    ];

    private static CardState StateOf(Alert alert, int page) => alert switch
    {
        { IsOpen: false } => CardState.Resolved,
        _ when page < alert.Pages => CardState.Resolved,
        { Acknowledgement: not null } or { Snoozed: not null } or { Silenced: not null } => CardState.Acknowledged,
        _ => CardState.Firing,
    };
}

/// <summary>The fields of a page that a pager has places of its own for.</summary>
public static class PageFields
{
    public const string Severity = "Severity";

    public const string Source = "Source";
}
