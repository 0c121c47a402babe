using NodaTime;

namespace ChatOps.Core.Decisions;

/// <summary>
/// Told after a commit that there is work now or at an instant. It only makes things prompt: what has to be done stands in the store, and a sweep finds
/// what a lost wake-up left behind. It must not block or throw.
/// </summary>
public interface IWakeUps
{
    /// <summary>Something is to be shown in chat.</summary>
    void Deliver();

    /// <summary>Something falls due then.</summary>
    void DueAt(Instant instant);
}

/// <summary>A document with a timer in it.</summary>
public interface IDue
{
    Instant? DueAt { get; }
}

/// <summary>Work that falls due with time. All of it stands in the store; running it twice does it once.</summary>
public interface IDueWork
{
    /// <summary>Does what is due by now and says when the next is due, or null.</summary>
    Task<Instant?> RunDue(CancellationToken cancel);
}
