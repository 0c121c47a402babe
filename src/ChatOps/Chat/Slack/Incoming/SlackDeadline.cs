namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Until when Slack has to hear something. It waits three seconds from when it spoke; the way there and back takes some of them, and so does storing what it said.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Since">When we had it, as the clock's timestamp.</param>
internal readonly record struct SlackDeadline(TimeProvider Clock, long Since)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static SlackDeadline From(TimeProvider clock) => new(clock, clock.GetTimestamp());

    /// <summary>Waits as long as there is time.</summary>
    /// <exception cref="TimeoutException">It is not done, and Slack has to hear something now.</exception>
    public Task<T> Wait<T>(Task<T> task)
    {
        var left = Patience - Clock.GetElapsedTime(Since);
        return task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, Clock);
    }
}
