using ChatOps.Core.Alerts;
using ChatOps.Web;

namespace ChatOps.Sources;

/// <summary>Whether a source's door is open, and to whom.</summary>
internal sealed class SourceReadiness(IAlertSource source, SourceSettings settings) : IReadiness
{
    public string Kind => "source";

    public string Name => source.Name;

    public ValueTask<PartState> Look(CancellationToken cancel)
    {
        var door = settings.Doors[source.Name];
        return new(new PartState(door.IsThere, door.Words));
    }
}
