using System.Collections.Concurrent;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Leases;

/// <summary>
/// Leases on a store that several processes share. A replica that has none looks every second; it takes one that was given back at once, and another when it has
/// seen the same version of it for the whole <see cref="LeaseTimes.Length"/>. Two that take it at once: the store lets one of them.
/// </summary>
public sealed partial class SharedLeases : ILeases, IDisposable
{
    private const string Topic = "lease";

    private readonly ConcurrentDictionary<string, LeaseState> _states = new();
    private readonly IStore _store;
    private readonly Replica _replica;
    private readonly ISignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<SharedLeases> _log;
    private readonly IDisposable _listening;
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SharedLeases(IStore store, Replica replica, ISignals signals, TimeProvider clock, ILogger<SharedLeases> log)
    {
        (_store, _replica, _signals, _clock, _log) = (store, replica, signals, clock, log);
        _listening = signals.Listen(Hear);
    }

    public IReadOnlyList<LeaseState> States => [.. _states.Values.OrderBy(state => state.Name, StringComparer.Ordinal)];

    public async Task Hold(string name, Func<Tenure, Task> work, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                using (var tenure = await Win(name, cancel))
                {
                    await Serve(tenure, work, cancel);
                }

                await Task.Delay(LeaseTimes.Look, _clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    public void Dispose() => _listening.Dispose();

    /// <summary>A lease was given back: whoever waits for one looks now.</summary>
    private void Hear(Signal signal)
    {
        if (signal.Topic == Topic || signal == Signal.Everything)
        {
            Interlocked.Exchange(ref _freed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    private async Task<Tenure> Win(string name, CancellationToken cancel)
    {
        var (seen, since) = (-1L, 0L);
        while (true)
        {
            var freed = Volatile.Read(ref _freed).Task;
            try
            {
                var lease = await _store.Find<Lease>(name, cancel) ?? new Lease(name);
                if (lease.Version != seen)
                {
                    (seen, since) = (lease.Version, _clock.GetTimestamp());
                }

                // What is in this process' own name and without a tenure is left from one that ended, or the answer to taking it was lost.
                var isOurs = lease.IsFree || lease.Run == _replica.Run || _clock.GetElapsedTime(since) >= LeaseTimes.Length;
                if (isOurs && await Take(lease, cancel) is { } tenure)
                {
                    return tenure;
                }

                Note(lease);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                LogNotSeen(fault, name); // who holds it cannot renew it either
            }

            await Task.WhenAny(freed, Task.Delay(LeaseTimes.Look, _clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<Tenure?> Take(Lease lease, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var term = (await _store.Find<Term>(lease.Id, cancel) ?? new Term(lease.Id)) with { Holder = _replica.Name };
        var taken = lease with { Holder = _replica.Name, Run = _replica.Run };
        if (await _store.Commit(new Commit().Put(taken).Put(term), cancel) == CommitOutcome.Conflict)
        {
            return null;
        }

        Note(taken);
        LogTaken(lease.Id, _replica.Name, term.Version + 1, lease.IsFree ? "nobody" : lease.Holder);
        return new Tenure(term with { Version = term.Version + 1 }, began, LeaseTimes.Length - LeaseTimes.Margin, _clock);
    }

    /// <summary>Lets the work go on and renews the lease, until one of the two ends.</summary>
    private async Task Serve(Tenure tenure, Func<Tenure, Task> work, CancellationToken cancel)
    {
        await using var stop = cancel.Register(tenure.End);
        var working = Task.Run(() => Do(work, tenure), CancellationToken.None);
        var pause = LeaseTimes.Renewal;
        while (!working.IsCompleted && !tenure.IsOver)
        {
            await Task.WhenAny(working, Task.Delay(pause, _clock, tenure.Ended));
            if (!working.IsCompleted && !tenure.IsOver)
            {
                pause = await Renew(tenure) ? LeaseTimes.Renewal : LeaseTimes.Look;
            }
        }

        tenure.End();
        await working; // nobody waits for the lease any longer than for its holder's work to stop
        LogOver(tenure.Name, _replica.Name);
        await GiveBack(tenure.Name);
    }

    private async Task Do(Func<Tenure, Task> work, Tenure tenure)
    {
        try
        {
            await work(tenure);
        }
        catch (OperationCanceledException) when (tenure.IsOver)
        {
            // As it should be.
        }
        catch (Exception fault)
        {
            LogFailed(fault, tenure.Name);
        }
    }

    private async Task<bool> Renew(Tenure tenure)
    {
        try
        {
            // Before anything is asked of the store: what it takes to answer is no part of what is certain.
            var began = _clock.GetTimestamp();
            var lease = await _store.Find<Lease>(tenure.Name, tenure.Ended);
            if (lease?.Run != _replica.Run)
            {
                tenure.End();
            }
            else if (await _store.Commit(new Commit().Put(lease), tenure.Ended) == CommitOutcome.Stored)
            {
                tenure.Renewed(began);
                return true;
            }
        }
        catch (OperationCanceledException) when (tenure.IsOver)
        {
            // It ended while it was waiting for the _store.
        }
        catch (Exception fault)
        {
            LogNotRenewed(fault, tenure.Name);
        }

        return false;
    }

    private async Task GiveBack(string name)
    {
        try
        {
            // A renewal that was broken off may have gone through: once more, with what is there then.
            for (var attempt = 0; attempt < 2; attempt++)
            {
                if (await _store.Find<Lease>(name, CancellationToken.None) is not { } lease || lease.Run != _replica.Run)
                {
                    break;
                }

                if (await _store.Commit(new Commit().Put(lease with { Holder = "", Run = "" }), CancellationToken.None) == CommitOutcome.Stored)
                {
                    _signals.Notify(Topic);
                    break;
                }
            }
        }
        catch (Exception fault)
        {
            LogNotGivenBack(fault, name); // it runs out by itself
        }

        _states[name] = new LeaseState(name, IsHeld: false, Holder: null);
    }

    private void Note(Lease lease) => _states[lease.Id] = new LeaseState(lease.Id, lease.Run == _replica.Run, lease.IsFree ? null : lease.Holder);

    [LoggerMessage(LogLevel.Information, "{Lease} is {Replica}'s now, epoch {Epoch}, after {Before}")]
    private partial void LogTaken(string lease, string replica, long epoch, string before);

    [LoggerMessage(LogLevel.Information, "{Lease} is no longer {Replica}'s")]
    private partial void LogOver(string lease, string replica);

    [LoggerMessage(LogLevel.Error, "The work under {Lease} failed; the lease is given back")]
    private partial void LogFailed(Exception fault, string lease);

    [LoggerMessage(LogLevel.Warning, "{Lease} could not be renewed; trying again")]
    private partial void LogNotRenewed(Exception fault, string lease);

    [LoggerMessage(LogLevel.Debug, "Who has {Lease} could not be seen; looking again")]
    private partial void LogNotSeen(Exception fault, string lease);

    [LoggerMessage(LogLevel.Warning, "{Lease} could not be given back; the others take it when it has run out")]
    private partial void LogNotGivenBack(Exception fault, string lease);
}
