using NodaTime;

namespace ChatOps.Core.Decisions;

/// <summary>Runs what is due, one run at a time, and says when to wake next.</summary>
public sealed class DueRunner(IEnumerable<IDueWork> works, IWakeUps wakeUps) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <returns>When something is due next, or null.</returns>
    public async Task<Instant?> Run(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            Instant? soonest = null;
            foreach (var work in works)
            {
                var next = await work.RunDue(cancel);
                soonest = next is { } at && !(soonest < at) ? at : soonest;
            }

            if (soonest is { } due)
            {
                wakeUps.DueAt(due);
            }

            return soonest;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
