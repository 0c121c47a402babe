using System.Collections.Concurrent;
using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Servers;

namespace ChatOps.Benchmarks.Measuring;

/// <summary>Sends a load and measures.</summary>
internal sealed class LoadDriver(LoadPlan plan, TimeProvider clock)
{
    public async Task<Measurement> Run(Server server, Load load, CancellationToken cancel)
    {
        var shots = await load.Prepare(server, (plan.WarmUp / load.Share) + Math.Max(1, plan.Requests / load.Share), cancel);
        var warmUp = plan.WarmUp / load.Share;
        await server.Feed([.. shots.Take(warmUp)], cancel);

        server.ForgetPeak();
        var before = server.Usage;
        var began = clock.GetTimestamp();
        var (latencies, faults) = await Send(server, [.. shots.Skip(warmUp)], cancel);
        var elapsed = clock.GetElapsedTime(began);
        var after = server.Usage;
        await server.Settle(cancel);
        var settled = clock.GetElapsedTime(began) - elapsed;
        return new Measurement(load, elapsed, [.. latencies.Order()], [.. faults], settled) { Before = before, After = after, AtRest = server.Usage };
    }

    private async Task<(ConcurrentBag<TimeSpan> Latencies, ConcurrentBag<string> Faults)> Send(Server server, Shot[] shots, CancellationToken cancel)
    {
        var latencies = new ConcurrentBag<TimeSpan>();
        var faults = new ConcurrentBag<string>();
        var next = -1;
        var began = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(_ => Task.Run(Connection, cancel)));
        return (latencies, faults);

        async Task Connection()
        {
            while (Interlocked.Increment(ref next) is var i && i < shots.Length && clock.GetElapsedTime(began) < plan.Longest)
            {
                // In an open loop a request that has to wait for a free connection has begun all the same.
                var due = plan.Rate is { } rate ? await DueAt(began, TimeSpan.FromSeconds(i / rate), cancel) : clock.GetElapsedTime(began);
                var fault = await server.Send(shots[i], cancel);
                if (fault is null)
                {
                    latencies.Add(clock.GetElapsedTime(began) - due);
                }
                else
                {
                    faults.Add(fault);
                }
            }
        }
    }

    private async Task<TimeSpan> DueAt(long began, TimeSpan due, CancellationToken cancel)
    {
        if (due - clock.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancel);
        }

        return due;
    }
}
