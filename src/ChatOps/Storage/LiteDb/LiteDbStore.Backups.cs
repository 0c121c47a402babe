using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;

namespace ChatOps.Storage.LiteDb;

internal sealed partial class LiteDbStore
{
    /// <summary>Writes all that is stored into a file of its own while everything goes on. What was answered before is in it; of each commit it has all or nothing.</summary>
    /// <param name="file">The full path.</param>
    /// <param name="replace">False refuses a file that is there.</param>
    /// <param name="pace">Told how far it is.</param>
    /// <param name="cancel">Gives up; so does closing the store.</param>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public async Task<Backup> Backup(string file, bool replace, Pace pace, CancellationToken cancel = default)
    {
        ThrowIfClosed();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _backups.Token);
        // Closing waits until all reads are done, and so for this.
        await _reads.WaitAsync(either.Token);
        try
        {
            ThrowIfClosed();
            return await Backups.Backup.Make(file, replace, Copy, pace, either.Token);
        }
        finally
        {
            _reads.Release();
        }

        async Task Copy(IDiskFile target)
        {
            ThrowIfFaulty();
            await _writer.Database.CopyTo(target, pace, either.Token);
            ThrowIfFaulty();
        }
    }

    private void ThrowIfFaulty()
    {
        if ((Fault ?? Trouble) is { } fault)
        {
            throw new StoreException(fault);
        }
    }
}
