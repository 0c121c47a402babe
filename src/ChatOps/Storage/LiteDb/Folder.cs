using System.Runtime.InteropServices;

namespace ChatOps.Storage.LiteDb;

/// <summary>What .NET has no call for: making a rename last, and a second name for a file.</summary>
internal static class Folder
{
    /// <summary>Returns when the names in the file's folder would survive a power cut. Windows does that by itself.</summary>
    public static void Sync(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var handle = Open(folder, 0);
        var failed = handle < 0 || Fsync(handle) != 0;
        var error = Marshal.GetLastPInvokeErrorMessage();
        _ = handle < 0 ? 0 : Close(handle);
        if (failed)
        {
            throw new IOException($"The folder {folder} cannot be synced: {error}");
        }
    }

    /// <summary>Gives a file a second name, which stays when the first one comes to mean another file. Where there are no hard links it is a copy.</summary>
    public static void Keep(string file, string name)
    {
        if (OperatingSystem.IsWindows() || Link(file, name) != 0)
        {
            File.Copy(file, name, overwrite: false);
        }

        Sync(name);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
