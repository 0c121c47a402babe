using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>
/// Copies a database as it stands at one commit into one file: the pages of the data file, and over them those that the log confirms. It is what a checkpoint
/// would make of the two, made elsewhere: neither is changed, and while nobody checkpoints, others may read and write on.
/// </summary>
internal static class DataCopy
{
    private const int ChunkPages = 128;

    // All of it synced at the end would keep the disk from the bot's own commits for seconds.
    private const long SyncBytes = 16 * 1024 * 1024;

    /// <param name="data">The data file.</param>
    /// <param name="log">Its log.</param>
    /// <param name="logLength">How much of the log is written.</param>
    /// <param name="target">An empty file.</param>
    /// <param name="pace">Told how far it is.</param>
    /// <param name="cancel">Gives up.</param>
    public static void Write(IDiskFile data, IDiskFile log, long logLength, IDiskFile target, Pace pace, CancellationToken cancel)
    {
        var contents = LogContents.Read(log, logLength - (logLength % LogStream.PageSize)) ?? throw new StoreException("The log holds something else than changes of the data file");
        var chunk = new byte[ChunkPages * LogStream.PageSize];
        var first = contents.Confirmed.TryGetValue(0, out var newer) ? ReadAll(log, chunk.AsSpan(0, LogStream.PageSize), newer) : ReadAll(data, chunk.AsSpan(0, LogStream.PageSize), 0);
        var (header, fault) = DataHeader.Read(chunk.AsSpan(0, first));
        if (fault is not null)
        {
            throw new StoreException($"The data file {fault}");
        }

        var bytes = (header.LastPage + 1L) * LogStream.PageSize;
        for (var position = 0L; position < bytes; position += chunk.Length)
        {
            cancel.ThrowIfCancellationRequested();
            var end = Math.Min(position + chunk.Length, bytes);
            var part = chunk.AsSpan(0, (int)(end - position));
            part.Clear();
            ReadAll(data, part, position);
            for (var at = 0; at < part.Length; at += LogStream.PageSize)
            {
                if (contents.Confirmed.TryGetValue((uint)((position + at) / LogStream.PageSize), out var place))
                {
                    var page = part.Slice(at, LogStream.PageSize);
                    ReadAll(log, page, place);
                    LogContents.Settle(page);
                }
            }

            target.Write(part, position);
            if (end % SyncBytes == 0)
            {
                target.Sync();
            }

            pace.Tell(() => $"copied {end >> 20} of {bytes >> 20} MB");
        }

        target.Sync();
    }

    private static int ReadAll(IDiskFile file, Span<byte> into, long position)
    {
        var read = 0;
        while (read < into.Length && file.Read(into[read..], position + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }
}
