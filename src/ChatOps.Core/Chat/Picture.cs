using System.Text.Json.Serialization;

namespace ChatOps.Core.Chat;

/// <summary>Numbers as columns side by side, for who would rather look than read. What it shows stands in the card's words too, so a platform without pictures leaves it out.</summary>
/// <param name="Title">What is counted, such as "Reports validated a week".</param>
/// <param name="Columns">From left to right, at most as many as can be told apart.</param>
public sealed record Picture(string Title, IReadOnlyList<PictureColumn> Columns)
{
    /// <summary>The same for who does not see it: "Reports validated a week: 9 Nov 2, 16 Nov 5".</summary>
    [JsonIgnore]
    public string Words => $"{Title}: {string.Join(", ", Columns.Select(column => $"{column.Label} {column.Value}"))}";
}

/// <param name="Label">What stands below it: a day as "16 Nov".</param>
/// <param name="Value">How high it is, from 0.</param>
public sealed record PictureColumn(string Label, int Value);
