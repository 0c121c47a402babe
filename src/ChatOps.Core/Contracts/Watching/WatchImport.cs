using System.Text;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>What was understood of a list of addresses.</summary>
/// <param name="Rows">In order, each address once.</param>
/// <param name="Words">Which column was taken for what.</param>
/// <param name="Faults">Lines that could not be read, or say an address once more.</param>
public sealed record ImportReading(IReadOnlyList<ImportRow> Rows, string Words, IReadOnlyList<string> Faults);

public sealed record ImportRow(Address Address, string? Label, string? Note);

/// <summary>
/// Reads a watch list in CSV, Etherscan's for example, of which no description exists: the column of addresses is found by what is in it, those of labels and notes by
/// their names, and people see what was understood before anything is stored.
/// </summary>
public static class WatchImport
{
    private const int MostRows = 500;

    private static readonly string[] LabelNames = ["label", "name tag", "nametag", "name", "tag", "title", "public name"];
    private static readonly string[] NoteNames = ["note", "description", "private note", "comment", "purpose", "remark"];

    public static ImportReading Read(string text)
    {
        var rows = Split(text).Where(row => row.Count > 0 && row.Any(cell => cell.Length > 0)).ToList();
        var width = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        var column = Enumerable.Range(0, width).MaxBy(at => rows.Count(row => row.Count > at && Address.TryParse(row[at], out _)));
        if (width == 0 || !rows.Exists(row => row.Count > column && Address.TryParse(row[column], out _)))
        {
            return new([], "There is no address in it: 0x and 40 hexadecimal digits.", []);
        }

        var header = rows[0].Count > column && !Address.TryParse(rows[0][column], out _) && !rows[0].Any(cell => cell.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) ? rows[0] : null;
        var label = Named(header, LabelNames, column);
        var note = Named(header, NoteNames, column, label);
        var faults = new List<string>();
        var read = new List<ImportRow>();
        foreach (var (row, i) in rows.Select((row, i) => (row, i)).Skip(header is null ? 0 : 1))
        {
            if (row.Count <= column || !Address.TryParse(row[column], out var address))
            {
                var cell = row.Count > column ? Cut(row[column], 60) : Cut(string.Join(",", row), 60);
                faults.Add($"line {i + 1}: \"{cell}\" {(Address.TryParse(cell.ToLowerInvariant(), out _) ? "fails its checksum" : "is not an address")}");
            }
            else if (read.Exists(other => other.Address == address))
            {
                faults.Add($"line {i + 1}: {address} stands there already");
            }
            else
            {
                read.Add(new(address, Cell(row, label), Cell(row, note)));
            }
        }

        if (read.Count > MostRows)
        {
            faults.Add($"there are {read.Count} addresses; the first {MostRows} are taken");
        }

        var words = header is null
            ? $"There is no line of names: column {column + 1} has addresses, and no labels were taken."
            : $"\"{header[column]}\" has the addresses{(label is { } l ? $", \"{header[l]}\" the labels" : ", no column was taken for labels")}{(note is { } n ? $", \"{header[n]}\" the notes" : "")}.";
        return new([.. read.Take(MostRows)], words, faults);
    }

    private static int? Named(List<string>? header, string[] names, params IEnumerable<int?> taken)
    {
        foreach (var name in names)
        {
            for (var at = 0; at < (header?.Count ?? 0); at++)
            {
                if (!taken.Contains(at) && header![at].Trim().Contains(name, StringComparison.OrdinalIgnoreCase))
                {
                    return at;
                }
            }
        }

        return null;
    }

    private static string? Cell(List<string> row, int? at) => at is { } known && row.Count > known && row[known].Trim() is { Length: > 0 } text ? Cut(text.Replace(",", " ", StringComparison.Ordinal), WatchService.LongestLabel) : null;

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    /// <summary>Commas, semicolons or tabs between, quotes around what holds them.</summary>
    private static List<List<string>> Split(string text)
    {
        var first = text.Split('\n', 2)[0];
        var between = new[] { '\t', ';', ',' }.MaxBy(sign => first.Count(c => c == sign));
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if ((c == between || c is '\n' or '\r') && !quoted)
            {
                rows[^1].Add(cell.ToString().Trim().TrimStart('\ufeff'));
                cell.Clear();
                if (c != between)
                {
                    rows.Add([]);
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        rows[^1].Add(cell.ToString().Trim());
        return rows;
    }
}
