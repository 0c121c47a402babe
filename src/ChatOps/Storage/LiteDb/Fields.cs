using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// What a document looks like in the file: <c>{ _id, v, json, k_… }</c>. LiteDB's mapper is not used: it trims strings, turns empty ones into
/// null, keeps milliseconds and no offset, and writes type names. The JSON is the one every store writes.
/// </summary>
internal static class Fields
{
    public const string Version = "v";
    public const string Json = "json";

    /// <summary>The field (and LiteDB's index) that holds an index's keys.</summary>
    public static string Of(Index index) => "k_" + index.Name;
}
