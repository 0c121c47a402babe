using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Digests;

/// <summary>The week on call, over all rotations: what came, how fast it was answered, when it woke people.</summary>
internal sealed class OnCallWeekDigest(IStore store) : IDigest
{
    public static DigestDefault Default { get; } = new("OnCallWeek", "0 0 8 ? * MON");

    public string Name => Default.Name;

    public string Nothing => "The week on call: no alert, as in the week before.";

    public async Task<Card?> Make(DigestSpan span, CancellationToken cancel)
    {
        var week = await AlertNumbers.Read(store, span.From, span.To, span.Zone, _ => true, cancel);
        var last = await AlertNumbers.Read(store, span.Before, span.From, span.Zone, _ => true, cancel);
        return week.Opened + last.Opened == 0 ? null : Draw(span, week, last);
    }

    private static Card Draw(DigestSpan span, AlertNumbers week, AlertNumbers last) => new("The week on call", CardState.Info)
    {
        Text = Markup.Lines(
        [
            Markup.Of($"{WallClock.Say(span.From, span.Zone)} to {WallClock.Say(span.To, span.Zone)}, against the time before"),
            .. week.Against(last),
            .. week.Opened == 0 ? Array.Empty<Markup>() :
            [
                Markup.Of($"By source: {week.Sources}"),
                Markup.Of($"Busiest hours: {week.BusiestHours}"),
                Times("acknowledge", week.Acknowledged, last.Acknowledged, week.Opened),
                Times("resolve", week.Resolved, last.Resolved, week.Opened),
            ],
        ]),
    };

    private static Markup Times(string what, IReadOnlyList<(AlertFigures Alert, Duration Took)> took, IReadOnlyList<(AlertFigures Alert, Duration Took)> before, int opened)
    {
        var missing = opened - took.Count;
        var slowest = took is [.., var last] && took.Count > 1 ? $"; slowest {last.Alert.Id} {WallClock.SaySpan(last.Took)}" : "";
        return Markup.Of($"Time to {what}: median {AlertNumbers.Say(AlertNumbers.Median(took), AlertNumbers.Median(before))}{slowest}{(missing > 0 ? $"; {missing} not {what}d" : "")}");
    }
}
