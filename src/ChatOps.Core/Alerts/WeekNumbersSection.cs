using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Alerts;

/// <summary>The week before a handoff against the week before that, on the rotation's clock, for the alerts that went to it.</summary>
internal sealed class WeekNumbersSection(IStore store) : IHandoverSection
{
    public int Order => 40;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel)
    {
        var local = moment.At.InZone(moment.Zone).LocalDateTime;
        var (from, before) = (WallClock.ToInstant(local.PlusWeeks(-1), moment.Zone), WallClock.ToInstant(local.PlusWeeks(-2), moment.Zone));
        var week = await AlertNumbers.Read(store, from, moment.At, moment.Zone, IsTheirs, cancel);
        var last = await AlertNumbers.Read(store, before, from, moment.Zone, IsTheirs, cancel);
        return new("Last week against the week before", week.Opened + last.Opened == 0
            ? Markup.Of($"no alert in either")
            : Markup.Lines([.. week.Against(last), .. Times(week, last)]));

        bool IsTheirs(Alert alert) => alert.Route.Rotation == moment.Rotation;
    }

    private static IEnumerable<Markup> Times(AlertNumbers week, AlertNumbers last) =>
    [
        Markup.Of($"Median time to acknowledge: {AlertNumbers.Say(AlertNumbers.Median(week.Acknowledged), AlertNumbers.Median(last.Acknowledged))}"),
        Markup.Of($"Median time to resolve: {AlertNumbers.Say(AlertNumbers.Median(week.Resolved), AlertNumbers.Median(last.Resolved))}"),
    ];
}
