namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The log file as LiteDB wants it, with what LiteDB leaves out: a commit's pages reach the disk before the page that confirms them (the
/// log has no checksums, so a confirm page without its pages would be believed after a power cut), and the writer can wait for both.
/// It never throws into LiteDB: an exception there ends in a queue that waits for itself. The first failure is kept, nothing more is
/// written after it, and <see cref="Sync"/> and <see cref="WaitWritten"/> tell the writer.
/// </summary>
internal sealed class LogStream(IDiskFile file) : DataStream(file)
{
    public const int PageSize = 8192;

    // LiteDB's page header: page id (4 bytes), type (1), previous and next page (8), initial slot (1), transaction (4), confirmed (1).
    public const int ConfirmedAt = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private long _written = file.Length;
    private Exception? _failure;

    /// <summary>Up to here the log is written: what is behind may be half a page.</summary>
    public long Written
    {
        get
        {
            lock (_gate)
            {
                return _written;
            }
        }
    }

    /// <summary>LiteDB flushes after each page or batch, whenever its queue is empty: the writer decides when that has to cost an fsync.</summary>
    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var position = Position;
        Guard(() =>
        {
            if (count == PageSize && buffer[offset + ConfirmedAt] == 1)
            {
                File.Sync();
            }

            File.Write(buffer.AsSpan(offset, count), position);
        });
        Position = position + count;
        Reached(position + count);
    }

    public override void SetLength(long value)
    {
        Guard(() =>
        {
            File.SetLength(value);
            File.Sync();
        });
        Reached(value);
    }

    /// <summary>Returns when LiteDB's queue has written the log up to that length.</summary>
    public void WaitWritten(long length)
    {
        lock (_gate)
        {
            while (_written < length && _failure is null)
            {
                if (!Monitor.Wait(_gate, Patience))
                {
                    throw new IOException($"LiteDB has not written its log for {Patience.TotalSeconds:0} s");
                }
            }
        }

        ThrowIfFailed();
    }

    public void Sync()
    {
        ThrowIfFailed();
        Guard(File.Sync);
        ThrowIfFailed();
    }

    public void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private void Guard(Action action)
    {
        if (Volatile.Read(ref _failure) is not null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (Exception failure)
        {
            // After a failed fsync the kernel may have dropped the pages: trying again would lie (PostgreSQL's fsyncgate, 2018).
            Volatile.Write(ref _failure, failure);
        }
    }

    private void Reached(long length)
    {
        lock (_gate)
        {
            _written = length;
            Monitor.PulseAll(_gate);
        }
    }
}
