using ChatOps.Web;

namespace ChatOps.Sources;

/// <summary>Whether a source's door is open, and to whom.</summary>
internal sealed class SourceReadiness(string name, SourceSettings settings) : IReadiness
{
    public string Kind => "source";

    public string Name => name;

    public ValueTask<PartState> Look(CancellationToken cancel)
    {
        var door = settings.Doors[name];
        return new(new PartState(door.IsThere, door.Words));
    }
}
