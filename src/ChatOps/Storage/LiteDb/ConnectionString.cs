namespace ChatOps.Storage.LiteDb;

/// <summary>Reads <c>Filename=data/chatops.db</c>. LiteDB knows more keys (Password, Connection, ReadOnly …); each of them takes away durability or the lock, so none is read.</summary>
internal static class ConnectionString
{
    /// <summary>The absolute path of the database file, or a sentence that says what is wrong with the setting.</summary>
    /// <param name="text">The setting's value.</param>
    /// <param name="contentRoot">The folder that relative names start from.</param>
    public static (string? Path, string? Problem) Read(string? text, string contentRoot)
    {
        string? name = null;
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                return (null, $"'{part}' is not of the form key=value; write Filename=data/chatops.db");
            }

            var key = part[..at].TrimEnd();
            if (!key.Equals("Filename", StringComparison.OrdinalIgnoreCase))
            {
                return (null, $"the key {key} is not known; only Filename is");
            }

            if (name is not null)
            {
                return (null, "Filename is there twice");
            }

            name = part[(at + 1)..].Trim().Trim('"');
        }

        return string.IsNullOrEmpty(name)
            ? (null, "Filename is missing; write Filename=data/chatops.db")
            : (Path.GetFullPath(name, contentRoot), null);
    }
}
