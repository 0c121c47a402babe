using System.Globalization;

namespace ChatOps.Benchmarks.Measuring;

/// <summary>Rows of text in columns, as Markdown has them: what is printed can be pasted.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [columns, [.. columns.Select((_, i) => i == 0 ? "---" : "---:")]];

    public static Table Of(IEnumerable<Measurement> measurements)
    {
        var table = new Table("load", "requests", "errors", "requests/s", "p50 ms", "p99 ms", "max ms", "CPU ms each", "with what follows", "at rest after s", "RSS MB before", "after", "peak");
        foreach (var each in measurements)
        {
            table.Add(
                each.Load.Name,
                $"{each.Requests}",
                $"{each.Faults.Count}",
                Number(each.Throughput, "0"),
                Number(each.Percentile(0.5)),
                Number(each.Percentile(0.99)),
                Number(each.Percentile(1)),
                Number(each.Cpu),
                Number(each.WholeCpu),
                Number(each.Settled.TotalSeconds, "0.0"),
                Megabytes(each.Before?.Memory),
                Megabytes(each.AtRest?.Memory),
                Megabytes(each.AtRest?.Peak));
        }

        return table;
    }

    public static string Number(double? value, string format = "0.00") => value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : "–";

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(TextWriter to)
    {
        var widths = columns.Select((_, i) => _rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in _rows)
        {
            to.WriteLine($"| {string.Join(" | ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))} |");
        }
    }

    private static string Megabytes(long? bytes) => Number(bytes / 1e6, "0");
}
