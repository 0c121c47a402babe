namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Files on their way up: a name and a length first, then the bytes, then "complete".</summary>
internal sealed class FakeFiles(Workspace workspace)
{
    private readonly List<FakeFile> _files = [];

    public IReadOnlyList<FakeFile> All
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _files];
            }
        }
    }

    public FakeFile? Find(string id) => All.FirstOrDefault(file => file.Id == id);

    public FakeFile Announce(string name, int length)
    {
        lock (workspace.Gate)
        {
            var file = new FakeFile($"F{_files.Count + 1:D8}", name, length);
            _files.Add(file);
            return file;
        }
    }
}

internal sealed class FakeFile(string id, string name, int length)
{
    public string Id => id;

    public string Name => name;

    /// <summary>How many bytes were announced.</summary>
    public int Length => length;

    public byte[]? Bytes { get; set; }

    public string? Title { get; set; }

    /// <summary>It was completed: people see it.</summary>
    public bool Shared { get; set; }
}
