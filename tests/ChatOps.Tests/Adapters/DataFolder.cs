using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>A folder of its own with a data file in it, for tests of what is done to files.</summary>
internal sealed class DataFolder : IDisposable
{
    public static readonly Collection[] Collections = [Gadget.Collection, Tally.Collection];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-files-");

    public string Path => _folder.FullName;

    public string Data => In("chatops.db");

    public string Log => In("chatops-log.db");

    public static Pace Pace => new(TimeProvider.System, _ => { });

    public string In(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public LiteDbStore Open(Layouts? layouts = null) => OpenAt(Data, layouts);

    public static LiteDbStore OpenAt(string path, Layouts? layouts = null) =>
        LiteDbStore.Open(() => DatabaseFiles.Open(path, TimeProvider.System), Collections, NullLogger<LiteDbStore>.Instance, layouts: layouts);

    /// <summary>A data file with as many documents, made and closed.</summary>
    public async Task Fill(int tallies, string prefix = "t")
    {
        await using var store = Open();
        await store.NextNumber("N");
        await store.Commit(new Commit().Put(Enumerable.Range(0, tallies).Select(i => new Tally($"{prefix}{i}", i))));
    }

    /// <summary>The data file, and a log beside it that holds as many documents more: what a kill leaves.</summary>
    public async Task FillAndKill(int tallies, int more)
    {
        await Fill(tallies);
        await using (var store = Open())
        {
            await store.Commit(new Commit().Put(Enumerable.Range(0, more).Select(i => new Tally($"more{i}", i))));
            // .NET's own copy respects the lock.
            foreach (var (from, to) in new[] { (Data, "killed"), (Log, "killed-log") })
            {
                using var copy = System.Diagnostics.Process.Start("cp", [from, In(to)]);
                await copy.WaitForExitAsync();
            }
        }

        File.Move(In("killed"), Data, overwrite: true);
        File.Move(In("killed-log"), Log, overwrite: true);
    }

    public static async Task<long> Count(string path)
    {
        await using var store = OpenAt(path);
        return await store.Count(Index<Tally>.Id, Keys.All);
    }

    /// <summary>All bytes that lie here, but for the note of who had the file.</summary>
    public Dictionary<string, string> Bytes() => Directory.GetFiles(Path).Where(file => new FileInfo(file).Length > 0)
        .ToDictionary(file => System.IO.Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    public void Dispose() => _folder.Delete(recursive: true);
}
