namespace ChatOps.Core.Leases;

/// <summary>
/// The time for which this replica has a lease. It ends when the lease could not be renewed, when the store says that somebody else has it, or when the program stops.
/// A process can be stopped anywhere and go on a minute later without knowing: so whoever sends something asks <see cref="ThrowIfOver"/> right before,
/// and gives <see cref="Ended"/> to the call.
/// </summary>
public sealed class Tenure : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _belief;
    private readonly CancellationTokenSource _end;
    private long _renewedAt;

    /// <param name="term">What its commits expect.</param>
    /// <param name="since">When, on the clock that only goes forward, the commit began that won the lease.</param>
    /// <param name="belief">How long after the last renewal it lasts; <see cref="Timeout.InfiniteTimeSpan"/> for one that needs none.</param>
    /// <param name="clock">Measures that.</param>
    internal Tenure(Term term, long since, TimeSpan belief, TimeProvider clock)
    {
        (Term, _renewedAt, _belief, _clock) = (term, since, belief, clock);
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        Ended = _end.Token;
        Renewed(since);
    }

    public string Name => Term.Id;

    /// <summary>To be given to <see cref="Storage.Commit.Expect"/>.</summary>
    public Term Term { get; }

    /// <summary>Cancelled when it ends.</summary>
    public CancellationToken Ended { get; }

    public bool IsOver => Ended.IsCancellationRequested || Left == TimeSpan.Zero;

    /// <summary>How much of it is certain.</summary>
    private TimeSpan Left
    {
        get
        {
            if (_belief == Timeout.InfiniteTimeSpan)
            {
                return Timeout.InfiniteTimeSpan;
            }

            var left = _belief - _clock.GetElapsedTime(Interlocked.Read(ref _renewedAt));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <exception cref="OperationCanceledException">It is over: nothing may be sent any more.</exception>
    public void ThrowIfOver()
    {
        if (IsOver)
        {
            End();
            Ended.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends it now: the store has refused a commit that expected its term.</summary>
    public void End()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended and been put away.
        }
    }

    public void Dispose()
    {
        End();
        _end.Dispose();
    }

    /// <summary>The lease was renewed by a commit that began then. A tenure that was over in between stays over.</summary>
    internal void Renewed(long since)
    {
        if (!IsOver)
        {
            Interlocked.Exchange(ref _renewedAt, since);
            _end.CancelAfter(Left);
        }
    }
}
