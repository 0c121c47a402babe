using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatOps.Core;
using Prometheus;

namespace ChatOps.Web;

/// <summary>
/// Gives the program's own counters to Prometheus as counters, <c>…_total</c>. (prometheus-net's adapter for meters makes gauges of them, and forgets those
/// that nothing counts for a day.)
/// </summary>
internal sealed class MeterExport : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Counter> _counters = new();

    public MeterExport(IMetricFactory metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var labels = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).ToArray();
            var counter = _counters.GetOrAdd(
                instrument, made => metrics.CreateCounter($"{made.Name}_total", made.Description ?? "", [.. labels.Select(label => label.Key)]));
            counter.WithLabels([.. labels.Select(label => label.Value?.ToString() ?? "")]).Inc(value);
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
