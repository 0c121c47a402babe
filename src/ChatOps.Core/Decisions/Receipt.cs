using ChatOps.Core.Storage;

namespace ChatOps.Core.Decisions;

/// <summary>
/// Says that what somebody asked for has been done. It is stored in the same commit as what was done, and only while it is not there: a request that is taken up
/// again after a crash, or that two replicas have at once, does nothing twice.
/// </summary>
/// <param name="Id">The request's id.</param>
public sealed record Receipt(string Id) : Document(Id), IStored<Receipt>
{
    private static readonly AsyncLocal<Request?> Running = new();

    public static Collection<Receipt> Collection { get; } = new("receipts");

    /// <summary>The request on whose behalf the current work runs, or null.</summary>
    internal static Request? Current => Running.Value;

    /// <summary>Runs something on behalf of a request: its first commit leaves the receipt.</summary>
    /// <exception cref="AlreadyDoneException">The receipt was there: nothing of it was done now.</exception>
    public static async Task<T> For<T>(string request, Func<Task<T>> work)
    {
        Running.Value = new Request(new(request));
        try
        {
            return await work();
        }
        finally
        {
            Running.Value = null;
        }
    }

    internal sealed class Request(Receipt receipt)
    {
        public Receipt Receipt => receipt;

        /// <summary>Its receipt is stored: later commits of the same request go by themselves.</summary>
        public bool IsLeft { get; set; }
    }
}

/// <summary>What is asked for was done before, by a process that died or by another replica.</summary>
public sealed class AlreadyDoneException(string request) : Exception($"{request} was done before.");
