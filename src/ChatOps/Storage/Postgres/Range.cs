using ChatOps.Core.Storage;
using Npgsql;
using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage.Postgres;

/// <summary>Which keys, as a condition. Columns sort by COLLATE "C": by the bytes of UTF-8, and so by code point.</summary>
internal static class Range
{
    public static void List(NpgsqlCommand command, Table table, Index? index, Keys keys, int limit, bool descending)
    {
        var column = Table.Column(index);
        var way = descending ? " DESC" : "";
        // What the index is sorted by, so that nothing has to be sorted here.
        var order = index is null or { Unique: true } ? $"{column}{way}" : $"{column}{way}, id{way}";
        command.CommandText = $"SELECT id, version, document FROM {table.Name} WHERE {Condition(command, column, keys)} ORDER BY {order}";
        if (limit < int.MaxValue)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            command.CommandText += $" LIMIT ${command.Parameters.Count}";
        }
    }

    public static void Count(NpgsqlCommand command, Table table, Index? index, Keys keys) =>
        command.CommandText = $"SELECT count(*) FROM {table.Name} WHERE {Condition(command, Table.Column(index), keys)}";

    private static string Condition(NpgsqlCommand command, string column, Keys keys)
    {
        var conditions = new List<string> { $"{column} IS NOT NULL" };
        Add("=", keys.Equal);
        if (keys.Equal is null)
        {
            Add(">=", keys.From);
            Add("<", keys.Below);
        }

        return string.Join(" AND ", conditions);

        void Add(string comparison, string? key)
        {
            if (key is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Escape.Text(key) });
                conditions.Add($"{column} {comparison} ${command.Parameters.Count}");
            }
        }
    }
}
