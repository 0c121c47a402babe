using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>Keeps to what HackerOne allows, so that it does not have to say so: 600 reads a minute, of them 300 of reports, and 25 writes in 20 seconds.</summary>
internal sealed class HackerOnePace(TimeProvider clock)
{
    private readonly Window _reads = new(600, Duration.FromMinutes(1));
    private readonly Window _reports = new(300, Duration.FromMinutes(1));
    private readonly Window _writes = new(25, Duration.FromSeconds(20));

    public Instant Now => clock.Now();

    /// <summary>Waits until one more call of the kind is allowed.</summary>
    public async Task Turn(HackerOneCall call, CancellationToken cancel)
    {
        var windows = call switch
        {
            HackerOneCall.Write => [_writes],
            HackerOneCall.Report => [_reads, _reports],
            _ => new[] { _reads },
        };
        while (Claim(windows, clock.Now()) is { } wait)
        {
            await Task.Delay(wait.ToTimeSpan(), clock, cancel);
        }
    }

    private Duration? Claim(Window[] windows, Instant now)
    {
        lock (_reads)
        {
            var wait = windows.Max(window => window.Wait(now));
            if (wait > Duration.Zero)
            {
                return wait;
            }

            foreach (var window in windows)
            {
                window.Count(now);
            }

            return null;
        }
    }

    private sealed class Window(int most, Duration span)
    {
        private readonly Queue<Instant> _calls = new();

        public Duration Wait(Instant now)
        {
            while (_calls.TryPeek(out var first) && first + span <= now)
            {
                _calls.Dequeue();
            }

            return _calls.Count < most ? Duration.Zero : _calls.Peek() + span - now;
        }

        public void Count(Instant now) => _calls.Enqueue(now);
    }
}

internal enum HackerOneCall
{
    Read,

    /// <summary>A read of reports, of which fewer are allowed.</summary>
    Report,
    Write,
}
