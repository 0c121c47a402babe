using System.Buffers.Binary;
using System.IO.Compression;
using ChatOps.Chat.Pictures;
using ChatOps.Core.Chat;

namespace ChatOps.Tests.Adapters;

public sealed class PictureDrawingTests
{
    private const int HeaderLength = 8;

    [Fact]
    public void A_column_is_as_high_as_its_number_beside_the_others()
    {
        var (pixels, width) = Read(PictureDrawing.Png(new Picture("Reports a week", [new("9 Nov", 0), new("16 Nov", 5), new("23 Nov", 10)])));
        var heights = Enumerable.Range(0, 3).Select(column => Enumerable.Range(0, pixels.Count).Count(row => pixels[row][(column * width / 3) + 10] == 1)).ToList();
        Assert.Equal([1, 60, 120], heights);
        // Below each stands its day, above it its number.
        Assert.All(Enumerable.Range(0, 3), column => Assert.Contains((byte)2, pixels[^14][(column * width / 3)..((column + 1) * width / 3)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    [InlineData(-3)]
    public void Any_number_can_be_drawn(int number) => Read(PictureDrawing.Png(new Picture("Odd", [new("a label that is far too long for its column, ünïcödé", number)])));

    [Fact]
    public void No_columns_are_an_empty_picture() => Read(PictureDrawing.Png(new Picture("Nothing", [])));

    /// <summary>Reads a PNG as its standard says, with every checksum.</summary>
    private static (List<byte[]> Rows, int Width) Read(byte[] file)
    {
        Assert.Equal<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..HeaderLength]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = HeaderLength; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal<byte>([0xAE, 0x42, 0x60, 0x82], file[^4..]); // the checksum of an empty IEND, as everywhere
        var width = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data);
        var height = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4));
        using var zlib = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        Assert.Equal(height * (width + 1), raw.Length);
        return ([.. raw.ToArray().Chunk(width + 1).Select(row => row[1..])], width);
    }
}
