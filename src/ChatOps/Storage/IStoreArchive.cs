namespace ChatOps.Storage;

/// <summary>A whole store as rows: what an export, an import and a move from one database to another are made of.</summary>
internal interface IStoreArchive
{
    /// <summary>All that is stored, as of one moment: the counters first, then the documents by collection and id.</summary>
    IAsyncEnumerable<StoredRow> Read(CancellationToken cancel);

    /// <summary>Puts the rows into a store that has nothing in it yet: all of them or none.</summary>
    /// <returns>How many documents there were.</returns>
    /// <exception cref="Core.Storage.StoreException">Something is stored already, or a row cannot be.</exception>
    Task<long> Fill(IAsyncEnumerable<StoredRow> rows, CancellationToken cancel);
}

/// <summary>A line of an archive.</summary>
internal abstract record StoredRow
{
    /// <summary>The last number drawn from a series.</summary>
    public sealed record Counter(string Series, long Last) : StoredRow;

    /// <param name="Collection">The collection's name.</param>
    /// <param name="Id">The document's id.</param>
    /// <param name="Version">The version that it is stored under.</param>
    /// <param name="Json">The document, as <see cref="Core.Storage.StoredJson"/> writes it.</param>
    public sealed record Document(string Collection, string Id, long Version, string Json) : StoredRow;

    private StoredRow()
    {
    }
}
