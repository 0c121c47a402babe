using System.Globalization;
using ChatOps.Core.Chat;

namespace ChatOps.Chat.Pictures;

/// <summary>A <see cref="Picture"/> as a PNG, for chats that show files.</summary>
internal static class PictureDrawing
{
    private const int Step = 56;
    private const int Gap = 8;
    private const int High = 120;
    private const int Dot = 2;
    private const int Line = SmallLetters.Height * Dot;
    private const int Margin = 12;
    private const int Most = 99_999;

    private const byte Column = 1;
    private const byte Ink = 2;

    private static readonly (byte, byte, byte)[] Colours = [(255, 255, 255), (36, 83, 198), (72, 84, 98)];

    public static byte[] Png(Picture picture)
    {
        var most = Math.Max(1, picture.Columns.Select(column => column.Value).DefaultIfEmpty().Max());
        var pixels = new byte[Margin + Line + Gap + High + Gap + Line + Margin, Math.Max(1, picture.Columns.Count) * Step];
        for (var i = 0; i < picture.Columns.Count; i++)
        {
            var column = picture.Columns[i];
            var tall = column.Value <= 0 ? 1 : Math.Max(3, (int)((long)column.Value * High / most));
            var foot = Margin + Line + Gap + High;
            for (var y = foot - tall; y < foot; y++)
            {
                for (var x = (i * Step) + Gap; x < ((i + 1) * Step) - Gap; x++)
                {
                    pixels[y, x] = Column;
                }
            }

            Write(pixels, column.Value > Most ? $"{Most}+" : column.Value.ToString(CultureInfo.InvariantCulture), (i * Step) + (Step / 2), foot - tall - Gap - Line);
            Write(pixels, column.Label, (i * Step) + (Step / 2), foot + Gap);
        }

        return PngFile.Of(pixels, Colours);
    }

    private static void Write(byte[,] pixels, string words, int middle, int top)
    {
        var left = middle - (((words.Length * (SmallLetters.Width + 1)) - 1) * Dot / 2);
        for (var i = 0; i < words.Length; i++)
        {
            for (var y = 0; y < Line; y++)
            {
                for (var x = 0; x < SmallLetters.Width * Dot; x++)
                {
                    var column = left + (i * (SmallLetters.Width + 1) * Dot) + x;
                    if (column >= 0 && column < pixels.GetLength(1) && SmallLetters.HasDot(words[i], x / Dot, y / Dot))
                    {
                        pixels[top + y, column] = Ink;
                    }
                }
            }
        }
    }
}
