using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>What became of somebody's wish to change a rotation.</summary>
public abstract record RotationChange
{
    private RotationChange()
    {
    }

    /// <param name="Next">The rotation to store.</param>
    /// <param name="Said">What it means for the person who asked, in the rotation's zone.</param>
    /// <param name="Effective">From when on the plan is another one.</param>
    public sealed record Changed(Rotation Next, string Said, Instant Effective) : RotationChange;

    /// <param name="Why">A sentence for the person who asked.</param>
    public sealed record Refused(string Why) : RotationChange;
}
