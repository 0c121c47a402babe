namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>Tells of long work about once a second.</summary>
internal sealed class Pace(TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private long _told = time.GetTimestamp();

    public TimeSpan Took => time.GetElapsedTime(_began);

    public void Tell(Func<string> how)
    {
        if (time.GetElapsedTime(_told) >= Every)
        {
            _told = time.GetTimestamp();
            tell(how());
        }
    }
}
