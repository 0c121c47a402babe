using System.Collections.Concurrent;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Leases;

/// <summary>
/// Leases on a store that one process has to itself: nobody else can be alive, so each is there at once, also after a kill, and lasts as long as the process. Nothing
/// is written.
/// </summary>
public sealed partial class SoleLeases(IStore store, Replica replica, TimeProvider clock, ILogger<SoleLeases> log) : ILeases
{
    private readonly ConcurrentDictionary<string, LeaseState> _states = new();

    public IReadOnlyList<LeaseState> States => [.. _states.Values.OrderBy(state => state.Name, StringComparer.Ordinal)];

    public async Task Hold(string name, Func<Tenure, Task> work, CancellationToken cancel)
    {
        try
        {
            var term = await store.Find<Term>(name, cancel) ?? new Term(name);
            using var tenure = new Tenure(term, clock.GetTimestamp(), Timeout.InfiniteTimeSpan, clock);
            await using var stop = cancel.Register(tenure.End);
            _states[name] = new LeaseState(name, IsHeld: true, replica.Name);
            while (true)
            {
                try
                {
                    await work(tenure);
                }
                catch (Exception fault) when (!tenure.IsOver)
                {
                    LogFailed(fault, name);
                }

                await Task.Delay(LeaseTimes.Look, clock, tenure.Ended);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // The program stops: what broke off with whatever fault is taken up by the next.
            _states[name] = new LeaseState(name, IsHeld: false, Holder: null);
        }
    }

    [LoggerMessage(LogLevel.Error, "The work under {Lease} failed; it is taken up again")]
    private partial void LogFailed(Exception fault, string lease);
}
