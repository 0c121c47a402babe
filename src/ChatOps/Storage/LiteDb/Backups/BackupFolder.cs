using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>The folder in which backups lie that nobody gave a name, called after the data file and the time: <c>chatops-2026-11-23T030000Z.db</c>.</summary>
internal sealed class BackupFolder(LiteDbStore store, StorageSettings.LiteDb settings, TimeProvider time)
{
    private readonly string _stem = Path.GetFileNameWithoutExtension(settings.File);

    /// <summary>Makes one, and then removes the oldest that are more than are kept.</summary>
    /// <exception cref="StoreException">It cannot be made; none was removed.</exception>
    public async Task<Backup> Make(CancellationToken cancel)
    {
        var folder = settings.Backup.Folder;
        try
        {
            Directory.CreateDirectory(folder);
            var name = string.Create(CultureInfo.InvariantCulture, $"{_stem}-{time.GetUtcNow():yyyy-MM-dd'T'HHmmss'Z'}.db");
            var made = await store.Backup(Path.Combine(folder, name), replace: false, new Pace(time, _ => { }), cancel);
            foreach (var old in Ours(folder, ".db").OrderDescending(StringComparer.Ordinal).Skip(settings.Backup.Keep).Concat(Ours(folder, ".db.part")))
            {
                File.Delete(old);
            }

            return made;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The backup folder {folder} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Files of any other name are none of ours, whoever put them here.</summary>
    private IEnumerable<string> Ours(string folder, string ending) =>
        Directory.EnumerateFiles(folder).Where(file => Regex.IsMatch(Path.GetFileName(file), $@"^{Regex.Escape(_stem)}-\d{{4}}-\d\d-\d\dT\d{{6}}Z{Regex.Escape(ending)}$"));
}
