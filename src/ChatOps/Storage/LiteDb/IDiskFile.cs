namespace ChatOps.Storage.LiteDb;

/// <summary>One file as the store uses it: so little that a test can stand in for the disk and cut its power at any write.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    int Read(Span<byte> into, long position);

    void Write(ReadOnlySpan<byte> bytes, long position);

    void SetLength(long length);

    /// <summary>Returns when everything written so far would survive a power cut (fsync).</summary>
    void Sync();
}
