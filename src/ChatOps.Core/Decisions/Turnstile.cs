namespace ChatOps.Core.Decisions;

/// <summary>
/// Lets decisions about the same thing go one after the other within this process, so that a crowd does not lose races against itself. The store's guard
/// still decides; this only saves tries.
/// </summary>
internal sealed class Turnstile
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<T> Pass<T>(string key, Func<Task<T>> act, CancellationToken cancel)
    {
        var gate = _gates[(uint)string.GetHashCode(key, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            gate.Release();
        }
    }
}
