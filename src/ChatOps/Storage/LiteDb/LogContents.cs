using System.Buffers.Binary;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// Which pages stand in a log for good: LiteDB writes all pages of a transaction there one after the other, confirms it with the last, and believes what it
/// reads. A page's header has its id (4 bytes), its type (1), neighbours (8), first slot (1), the transaction (4), and whether it confirms that (1).
/// </summary>
internal sealed class LogContents
{
    private const int HeaderLength = 32;
    private const int TypeAt = 4;
    private const int TransactionAt = 14;
    private const int LastType = 4;

    private readonly Dictionary<uint, long> _confirmed = [];

    private LogContents()
    {
    }

    /// <summary>The pages of confirmed transactions, with the place in the log where each is newest.</summary>
    public IReadOnlyDictionary<uint, long> Confirmed => _confirmed;

    /// <summary>Reads a log up to a length; null when something else than pages is in it.</summary>
    public static LogContents? Read(IDiskFile log, long length)
    {
        var pages = new List<(uint Id, uint Transaction, long Position)>();
        var confirmed = new HashSet<uint>();
        var header = new byte[HeaderLength];
        for (var position = 0L; position < length; position += LogStream.PageSize)
        {
            var read = log.Read(header, position);
            if (header.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0)
            {
                continue;
            }

            // A power cut leaves whole sectors, so a torn page has all of its header or none.
            var transaction = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(TransactionAt));
            if (read < HeaderLength || header[TypeAt] > LastType || header[LogStream.ConfirmedAt] > 1)
            {
                return null;
            }

            if (position + LogStream.PageSize > length)
            {
                break;
            }

            pages.Add((BinaryPrimitives.ReadUInt32LittleEndian(header), transaction, position));
            if (header[LogStream.ConfirmedAt] == 1)
            {
                confirmed.Add(transaction);
            }
        }

        var contents = new LogContents();
        foreach (var page in pages.Where(page => confirmed.Contains(page.Transaction)))
        {
            contents._confirmed[page.Id] = page.Position;
        }

        return contents;
    }

    /// <summary>A page as it belongs into a data file: without its transaction.</summary>
    public static void Settle(Span<byte> page)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page[TransactionAt..], uint.MaxValue);
        page[LogStream.ConfirmedAt] = 0;
    }
}
