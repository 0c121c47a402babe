namespace ChatOps.Http;

/// <summary>
/// How much memory the bodies of one door may hold together whose sender is known only when they have been read. It counts what has really come: who sends little, or slowly, takes
/// little, and a short body takes nothing.
/// </summary>
/// <param name="bytes">All of it.</param>
internal sealed class BodyRoom(long bytes)
{
    private long _left = bytes;

    /// <summary>Takes some, or says that there is not so much.</summary>
    public bool TryTake(long some)
    {
        if (Interlocked.Add(ref _left, -some) >= 0)
        {
            return true;
        }

        Give(some);
        return false;
    }

    public void Give(long some) => Interlocked.Add(ref _left, some);
}
