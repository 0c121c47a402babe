using ChatOps.Benchmarks.Loads;

namespace ChatOps.Benchmarks.Measuring;

/// <summary>What one load has shown.</summary>
/// <param name="Load">What was sent.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Latencies">Of the answers that were right, the shortest first.</param>
/// <param name="Faults">What went wrong, one sentence a request.</param>
/// <param name="Settled">How much longer it took until everything that was caused was done.</param>
internal sealed record Measurement(Load Load, TimeSpan Elapsed, IReadOnlyList<TimeSpan> Latencies, IReadOnlyList<string> Faults, TimeSpan Settled)
{
    public ProcessUsage? Before { get; init; }

    public ProcessUsage? After { get; init; }

    /// <summary>When everything that was caused was done.</summary>
    public ProcessUsage? AtRest { get; init; }

    public int Requests => Latencies.Count + Faults.Count;

    public double Throughput => Latencies.Count / Elapsed.TotalSeconds;

    /// <summary>Processor time until the last answer, in ms a request.</summary>
    public double? Cpu => PerRequest(After);

    /// <summary>Processor time until everything was done, in ms a request.</summary>
    public double? WholeCpu => PerRequest(AtRest);

    /// <summary>So many milliseconds or less for that share of the requests.</summary>
    public double? Percentile(double share) => Latencies.Count == 0 ? null : Latencies[Math.Clamp((int)Math.Ceiling(share * Latencies.Count) - 1, 0, Latencies.Count - 1)].TotalMilliseconds;

    private double? PerRequest(ProcessUsage? until) => Before is { } from && until is { } to && Requests > 0 ? (to.Cpu - from.Cpu).TotalMilliseconds / Requests : null;
}
