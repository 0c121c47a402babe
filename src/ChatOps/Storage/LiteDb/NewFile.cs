using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>A file that is there whole or not at all: written under another name beside, synced, then renamed. What is new only its owner may read, for it holds all that is stored; what replaces a file is as open as that was.</summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private readonly bool _replace;
    private bool _placed;
    private bool _taken;

    /// <exception cref="StoreException">There is a file of that name already, or it cannot be made.</exception>
    public NewFile(string path, bool replace)
    {
        (_path, _replace) = (path, replace);
        RefuseExisting();
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new StoreException($"There is no folder {Path.GetDirectoryName(path)}");
        }

        try
        {
            File = new DiskFile(Partial);
            // A killed try may have left something.
            File.SetLength(0);
            if (!OperatingSystem.IsWindows())
            {
                System.IO.File.SetUnixFileMode(Partial, System.IO.File.Exists(path) ? System.IO.File.GetUnixFileMode(path) : UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Its name until it is placed.</summary>
    public string Partial => _path + ".part";

    public DiskFile File { get; }

    /// <summary>Gives it its name, for good.</summary>
    public void Place()
    {
        RefuseExisting();
        File.Sync();
        File.Move(Partial, _path, _replace);
        _placed = true;
        Folder.Sync(_path);
    }

    /// <summary>Leaves the file open, and locked, to the caller.</summary>
    public DiskFile Take()
    {
        _taken = true;
        return File;
    }

    public void Dispose()
    {
        if (!_taken)
        {
            File.Dispose();
        }

        if (!_placed)
        {
            System.IO.File.Delete(Partial);
        }
    }

    private void RefuseExisting()
    {
        if (Directory.Exists(_path))
        {
            throw new StoreException($"{_path} is a folder; give a file name");
        }

        if (!_replace && System.IO.File.Exists(_path))
        {
            throw new StoreException($"{_path} is there already; it was left as it is. Give another name, or --force to replace it");
        }
    }
}
