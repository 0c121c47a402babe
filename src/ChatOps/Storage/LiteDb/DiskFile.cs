using Microsoft.Win32.SafeHandles;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// A real file, held for this process alone. Positional reads and writes go straight to the operating system, without a buffer of ours.
/// LiteDB's own files are opened with FileShare.Read, which on Linux lets a second process write to them too (litedb-org/LiteDB#2163).
/// </summary>
internal sealed class DiskFile : IDiskFile
{
    private readonly SafeFileHandle _handle;
    private string? _place;
    private long _length;

    /// <summary>Opens the file to write, or makes it.</summary>
    public DiskFile(string path)
        : this(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
    {
    }

    private DiskFile(SafeFileHandle handle) => (_handle, _place, _length) = (handle, PlaceOf(handle), RandomAccess.GetLength(handle));

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>On Linux the kernel tells where a file that is open lies now; elsewhere only its length is known.</summary>
    public string? Trouble => PlaceOf(_handle) != _place ? "was deleted, moved or replaced"
        : Interlocked.Read(ref _length) > Length ? "was cut short or overwritten" // In this order: it may grow in between.
        : null;

    /// <summary>Opens a file that is there, to read and nothing else.</summary>
    public static DiskFile Read(string path) => new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));

    int IDiskFile.Read(Span<byte> into, long position) => RandomAccess.Read(_handle, into, position);

    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        RandomAccess.Write(_handle, bytes, position);
        Interlocked.Exchange(ref _length, Math.Max(_length, position + bytes.Length));
    }

    public void SetLength(long length)
    {
        Interlocked.Exchange(ref _length, Math.Min(_length, length));
        RandomAccess.SetLength(_handle, length);
        Interlocked.Exchange(ref _length, length);
    }

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();

    /// <summary>Renames it, over whatever has that name.</summary>
    public void Move(string from, string to, bool replace)
    {
        File.Move(from, to, replace);
        _place = PlaceOf(_handle);
    }

    private static string? PlaceOf(SafeFileHandle handle) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget : null;
}
