namespace ChatOps.Core.Leases;

/// <summary>
/// How long everything about a lease takes. Each replica measures spans on its own clock that only goes forward; none reads the time of another.
/// </summary>
public static class LeaseTimes
{
    /// <summary>A lease that was not renewed for so long, as somebody else saw it, is theirs to take. It is the longest pause after a holder was killed, so it is short;
    /// a database that stalls for less costs nothing.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    /// <summary>The holder stops believing in it so much earlier: room for clocks that run unevenly and for a call that is on its way when it is broken off.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How often it is renewed: two renewals may fail before it is lost.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    /// <summary>How often the others look whether it is theirs to take, and how soon a renewal is tried again that the store did not take.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
}
