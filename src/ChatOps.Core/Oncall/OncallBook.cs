using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>The rotations as they are at one moment, for pure decisions to ask.</summary>
internal sealed class OncallBook(IReadOnlyList<Rotation> rotations)
{
    private readonly Dictionary<string, Rotation> _rotations = rotations.ToDictionary(rotation => rotation.Id);

    public IReadOnlyList<string> OnCall(string rotation, Instant at) =>
        _rotations.TryGetValue(rotation, out var known) ? OncallResolver.At(known, at).People : [];

    /// <summary>Who is on call in one layer, whoever another layer puts before them.</summary>
    public IReadOnlyList<string> OnCallInLayer(string rotation, string layer, Instant at) =>
        _rotations.TryGetValue(rotation, out var known) && known.Layers.FirstOrDefault(each => each.Name == layer) is { } found
            ? OncallResolver.At(known with { Layers = [found] }, at).People
            : [];

    /// <summary>Everybody who takes part, those first who are on call.</summary>
    public IReadOnlyList<string> Members(string rotation, Instant at) =>
        _rotations.TryGetValue(rotation, out var known) ? OncallResolver.Members(known, at) : [];

    public string Zone(string rotation) => _rotations.TryGetValue(rotation, out var known) ? known.Zone.Id : "UTC";
}
