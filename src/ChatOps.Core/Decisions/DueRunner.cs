using System.Runtime.ExceptionServices;
using NodaTime;

namespace ChatOps.Core.Decisions;

/// <summary>Runs what is due, one run at a time, and says when to wake next.</summary>
public sealed class DueRunner(IEnumerable<IDueWork> works, IWakeUps wakeUps) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Work that fails keeps no other from being done; what it failed with is thrown when all had their turn.</summary>
    /// <returns>When something is due next, or null.</returns>
    public async Task<Instant?> Run(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            Instant? soonest = null;
            var faults = new List<Exception>();
            foreach (var work in works)
            {
                try
                {
                    var next = await work.RunDue(cancel);
                    soonest = next is { } at && !(soonest < at) ? at : soonest;
                }
                catch (Exception fault) when (!cancel.IsCancellationRequested)
                {
                    faults.Add(fault);
                }
            }

            if (soonest is { } due)
            {
                wakeUps.DueAt(due);
            }

            if (faults is [var only])
            {
                ExceptionDispatchInfo.Throw(only);
            }

            return faults.Count == 0 ? soonest : throw new AggregateException(faults);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
