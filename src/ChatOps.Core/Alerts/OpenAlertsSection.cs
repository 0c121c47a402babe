using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Alerts;

/// <summary>What those who take over have to do with at once: the open alerts of their rotation, the oldest first.</summary>
internal sealed class OpenAlertsSection(IStore store) : IHandoverSection
{
    private const int Shown = 10;

    // As many as the timers look after; more than that nobody counts one by one.
    private const int MostRead = 1000;

    public int Order => 10;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel)
    {
        var read = await store.List(Alert.OpenSince, Keys.All, MostRead, cancel: cancel);
        var open = read.Where(alert => alert.Route.Rotation == moment.Rotation).ToList();
        var more = open.Count - Shown;
        return open.Count == 0 ? new("Open alerts", Markup.Of($"none")) : new(
            $"Open alerts: {open.Count}{(read.Count == MostRead ? " or more" : "")}",
            Markup.Lines([.. open.Take(Shown).Select(alert => Markup.Of($"• {AlertCard.Line(alert)}")), more > 0 ? Markup.Of($"• and {more} more: `/alert list`") : Markup.Empty]));
    }
}
