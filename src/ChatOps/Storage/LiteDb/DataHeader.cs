using System.Buffers.Binary;
using System.Text;

namespace ChatOps.Storage.LiteDb;

/// <summary>What the first page of a database says, read before LiteDB sees the file: LiteDB would crop, mark or fill one that is not in order.</summary>
/// <param name="LastPage">The number of the last page that was ever made; page 0 is this one.</param>
/// <param name="Layout">LiteDB's USER_VERSION, which holds the number of the file's layout (see <see cref="Layouts"/>); 0 until the schema is made.</param>
internal readonly record struct DataHeader(uint LastPage, int Layout)
{
    private const int SignatureAt = 32;
    private const int FormatAt = 59;
    private const int LastPageAt = 64;
    private const int UserVersionAt = 76;
    private const byte LiteDb5 = 8;

    private static readonly byte[] Signature = Encoding.ASCII.GetBytes("** This is a LiteDB file **");

    /// <summary>The header, or what the page is instead: a sentence's end behind "The database file …".</summary>
    public static (DataHeader Header, string? Fault) Read(ReadOnlySpan<byte> page)
    {
        if (page.Length < LogStream.PageSize || !page.Slice(SignatureAt, Signature.Length).SequenceEqual(Signature))
        {
            return (default, "is not a LiteDB database; it was left as it is");
        }

        return page[FormatAt] == LiteDb5
            ? (new(BinaryPrimitives.ReadUInt32LittleEndian(page[LastPageAt..]), BinaryPrimitives.ReadInt32LittleEndian(page[UserVersionAt..])), null)
            : (default, $"was written by another major version of LiteDB (format {page[FormatAt]}, this program reads {LiteDb5}); it was left as it is");
    }
}
