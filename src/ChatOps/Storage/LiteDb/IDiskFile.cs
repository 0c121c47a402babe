namespace ChatOps.Storage.LiteDb;

/// <summary>One file as the store uses it: so little that a test can stand in for the disk and cut its power at any write.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>What somebody else did to the file while it is open ("was deleted …"), or null as far as can be seen.</summary>
    string? Trouble => null;

    int Read(Span<byte> into, long position);

    void Write(ReadOnlySpan<byte> bytes, long position);

    void SetLength(long length);

    /// <summary>Returns when everything written so far would survive a power cut (fsync).</summary>
    void Sync();
}
