using ChatOps.Core.Storage;

namespace ChatOps.Core.Decisions;

/// <summary>
/// Says that what somebody asked for has been done. It is stored in the same commit as what was done, so that a request that is taken up again after a crash
/// finds it, and does nothing twice.
/// </summary>
/// <param name="Id">The request's id.</param>
public sealed record Receipt(string Id) : Document(Id), IStored<Receipt>
{
    private static readonly AsyncLocal<string?> Request = new();

    public static Collection<Receipt> Collection { get; } = new("receipts");

    /// <summary>The receipt that belongs into the commits of what runs now, or null.</summary>
    internal static Receipt? Current => Request.Value is { } id ? new(id) : null;

    /// <summary>Runs something on behalf of a request: its first commit leaves the receipt.</summary>
    public static async Task<T> For<T>(string request, Func<Task<T>> work)
    {
        Request.Value = request;
        try
        {
            return await work();
        }
        finally
        {
            Request.Value = null;
        }
    }
}
