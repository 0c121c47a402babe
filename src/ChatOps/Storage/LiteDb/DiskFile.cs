using Microsoft.Win32.SafeHandles;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// A real file, held for this process alone. Positional reads and writes go straight to the operating system, without a buffer of ours.
/// LiteDB's own files are opened with FileShare.Read, which on Linux lets a second process write to them too (litedb-org/LiteDB#2163).
/// </summary>
internal sealed class DiskFile(string path) : IDiskFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> into, long position) => RandomAccess.Read(_handle, into, position);

    public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
