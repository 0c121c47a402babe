using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// Something that Slack told us and that may change something, stored before Slack hears that we have it. Slack repeats what it thinks got lost, on other
/// connections and to other replicas, under the same id: the second finds the first here. What was not finished because we died is taken up again.
/// </summary>
/// <param name="Id">The event's id, a trigger's, or a dialog's with its hash; never the envelope's, which is new each time.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Payload">Its JSON; empty when it is done.</param>
/// <param name="At">When it came, was last taken up, or its handler was last seen alive.</param>
internal sealed record SlackDelivery(string Id, SlackKind Kind, string Payload, Instant At) : Document(Id), IStored<SlackDelivery>
{
    public static Index<SlackDelivery> Waiting { get; } = new("waiting", delivery => delivery.Done ? null : $"{Keys.At(delivery.At)}|{delivery.Id}");

    public static Index<SlackDelivery> Finished { get; } = new("finished", delivery => delivery.Done ? $"{Keys.At(delivery.At)}|{delivery.Id}" : null);

    public static Collection<SlackDelivery> Collection { get; } = new("slack_deliveries", Waiting, Finished);

    public bool Done { get; init; }

    /// <summary>How often it was taken up again.</summary>
    public int Resumed { get; init; }
}
