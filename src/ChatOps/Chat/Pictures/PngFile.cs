using System.Buffers.Binary;
using System.IO.Compression;

namespace ChatOps.Chat.Pictures;

/// <summary>A PNG of few colours (W3C, Portable Network Graphics, third edition): a signature, then chunks with a checksum each.</summary>
internal static class PngFile
{
    private const int ChecksumLength = 4;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">Rows of numbers of colours.</param>
    /// <param name="colours">Red, green and blue of each.</param>
    public static byte[] Of(byte[,] pixels, IReadOnlyList<(byte Red, byte Green, byte Blue)> colours)
    {
        var (height, width) = (pixels.GetLength(0), pixels.GetLength(1));
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // eight bits a pixel, each a colour's number
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, [.. colours.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })]);
        Chunk(file, "IDAT"u8, Squeezed(pixels, height, width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Squeezed(byte[,] pixels, int height, int width)
    {
        using var squeezed = new MemoryStream();
        using (var zlib = new ZLibStream(squeezed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[width + 1]; // its filter stands before each row: none
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    row[x + 1] = pixels[y, x];
                }

                zlib.Write(row);
            }
        }

        return squeezed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[ChecksumLength];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] summed = [.. type, .. data];
        file.Write(summed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(summed));
        file.Write(number);
    }

    /// <summary>CRC-32 as ISO 3309 has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var each in bytes)
        {
            sum ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }
}
