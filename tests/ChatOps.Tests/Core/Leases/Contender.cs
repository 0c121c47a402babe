using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Core.Leases;

/// <summary>A replica that wants a lease, on a clock of its own.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _lease;
    private Task _holding = Task.CompletedTask;

    public Contender(string name, string lease, IStore store, ISignals signals)
    {
        _lease = lease;
        Store = new AwayStore(store);
        Leases = new SharedLeases(Store, new Replica(name), signals, Clock, NullLogger<SharedLeases>.Instance);
    }

    public SteppedClock Clock { get; } = new();

    public AwayStore Store { get; }

    public SharedLeases Leases { get; }

    /// <summary>Its tenure; null while it has none.</summary>
    public Tenure? Tenure { get; private set; }

    public void Starts() => _holding = Leases.Hold(_lease, Work, _stop.Token);

    public async Task<Tenure> Wins()
    {
        await World.Until(() => Task.FromResult(Tenure is not null), "The lease was not won.");
        return Tenure!;
    }

    public async Task<Tenure> StartsAndWins()
    {
        Starts();
        return await Wins();
    }

    public Task HasLost() => World.Until(() => Task.FromResult(Tenure is null), "The work under the lease goes on.");

    /// <summary>Waits until it has looked at the lease.</summary>
    public Task Looks() => World.Until(() => Task.FromResult(Clock.Pauses > 0), "Nobody looks.");

    public async Task Stops()
    {
        await _stop.CancelAsync();
        await _holding;
    }

    public async ValueTask DisposeAsync()
    {
        Store.IsAway = false;
        await Stops();
        Leases.Dispose();
        _stop.Dispose();
    }

    private async Task Work(Tenure tenure)
    {
        Tenure = tenure;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, tenure.Ended);
        }
        finally
        {
            Tenure = null;
        }
    }
}
