using ChatOps.Core.Storage;
using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// A collection's table <c>(id, version, document, k_…)</c>, and the statements that it needs. Each collection has a table of its own with a column a key, so
/// that a list is one walk along one index that leads straight to the documents. One table for all would need a second one for the keys and a join, and
/// its unique keys could not be left to an index.
/// </summary>
internal sealed class Table
{
    public const string Schema = "chatops";

    private const string Text = "text COLLATE \"C\"";

    private readonly string _gone;

    public Table(Collection collection)
    {
        Collection = collection;
        Name = $"{Schema}.\"{collection.Name}\"";
        string[] keys = [.. collection.Indexes.Select(Column)];
        string[] all = ["id", "version", "document", .. keys];
        Unique = collection.Indexes.Any(index => index.Unique);
        var rows = $"unnest({string.Join(", ", Enumerable.Range(1, all.Length).Select(number => $"${number}"))})";
        Find = $"SELECT id, version, document FROM {Name} WHERE id = $1";
        Lock = $"SELECT id, version FROM {Name} WHERE id = ANY($1) ORDER BY id FOR UPDATE";
        Hold = $"SELECT id, version FROM {Name} WHERE id = ANY($1) ORDER BY id FOR SHARE";
        Insert = $"INSERT INTO {Name} ({string.Join(", ", all)}) SELECT * FROM {rows}";
        Update = $"UPDATE {Name} AS held SET {string.Join(", ", all.Skip(1).Select(column => $"{column} = new.{column}"))} FROM {rows} AS new({string.Join(", ", all)}) WHERE held.id = new.id";
        Delete = $"DELETE FROM {Name} WHERE id = ANY($1)";
        _gone = string.Join(", ", collection.Indexes.Where(index => index.Unique).Select(index => $"{Column(index)} = NULL"));
    }

    public Collection Collection { get; }

    /// <summary>As it is written in statements.</summary>
    public string Name { get; }

    /// <summary>Whether a key of its documents may be taken.</summary>
    public bool Unique { get; }

    public string Find { get; }

    /// <summary>The versions of those ids, which stay as they are until the transaction ends; rows are locked in the order of their ids, so that two commits never wait for each other.</summary>
    public string Lock { get; }

    /// <summary>As <see cref="Lock"/>, for documents that are only expected: many may expect the same one at once.</summary>
    public string Hold { get; }

    public string Insert { get; }

    public string Update { get; }

    public string Delete { get; }

    /// <summary>Gives up the unique keys of those ids, so that another document of the same commit can take them: PostgreSQL judges row by row.</summary>
    public string Release => $"UPDATE {Name} SET {_gone} WHERE id = ANY($1)";

    /// <summary>The column that holds an index's keys.</summary>
    public static string Column(Index? index) => index is null ? "id" : $"\"k_{index.Name}\"";

    public string Create => $"CREATE TABLE {Name} (id {Text} PRIMARY KEY, version bigint NOT NULL, document jsonb NOT NULL)";

    public string Add(Index index) => $"ALTER TABLE {Name} ADD COLUMN {Column(index)} {Text}";

    /// <summary>Fills the key columns of rows that are there: an id, then the keys.</summary>
    public string Rekey
    {
        get
        {
            string[] keys = [.. Collection.Indexes.Select(Column)];
            return $"UPDATE {Name} AS held SET {string.Join(", ", keys.Select(key => $"{key} = new.{key}"))} FROM unnest({string.Join(", ", Enumerable.Range(1, keys.Length + 1).Select(number => $"${number}"))}) AS new(id, {string.Join(", ", keys)}) WHERE held.id = new.id";
        }
    }

    /// <summary>The next rows after an id.</summary>
    public string Page => $"SELECT id, version, document FROM {Name} WHERE id > $1 ORDER BY id LIMIT $2";

    /// <summary>Takes the column's index along.</summary>
    public string Drop(string column) => $"ALTER TABLE {Name} DROP COLUMN \"{column}\"";

    // Documents without a key are not in it. The id makes the order of equal keys always the same.
    public string Sort(Index index) =>
        $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX \"{IndexName(index)}\" ON {Name} ({Column(index)}{(index.Unique ? "" : ", id")}) WHERE {Column(index)} IS NOT NULL";

    /// <summary>With a dot, so that no collection can be called the same.</summary>
    public string IndexName(Index index) => $"{Collection.Name}.{index.Name}";
}
