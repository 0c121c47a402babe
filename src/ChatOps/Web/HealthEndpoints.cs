using ChatOps.Chat.Local;
using ChatOps.Core;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using ChatOps.Sources;
using ChatOps.Storage.LiteDb;
using Prometheus;

namespace ChatOps.Web;

/// <summary><c>/healthz</c> (the process answers), <c>/readyz</c> (each part and its state) and <c>/metrics</c> (Prometheus text).</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        Metrics.ConfigureMeterAdapter(adapter => adapter.InstrumentFilterPredicate = instrument => instrument.Meter.Name == Telemetry.MeterName);
        var open = Metrics.CreateGauge("chatops_alerts_open", "Alerts that are not resolved.");
        var marks = Metrics.CreateGauge("chatops_deliveries_waiting", "Marks for messages that no chat platform shows yet.");
        var store = app.Services.GetRequiredService<IStore>();
        Metrics.DefaultRegistry.AddBeforeCollectCallback(async cancel =>
        {
            try
            {
                open.Set(await store.Count(Alert.OpenSince, Keys.All, cancel));
                marks.Set(await store.Count(Core.Chat.Delivery.Mark.ByPlatform, Keys.All, cancel));
            }
            catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
            {
                open.Set(double.NaN);
                marks.Set(double.NaN);
            }
        });

        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", Ready);
        app.MapMetrics("/metrics");
    }

    private static async Task<IResult> Ready(
        IStore store, LiteDbStore liteDb, IEnumerable<IChatPlatform> platforms, LocalStream stream, SourceSettings sources, CancellationToken cancel)
    {
        var fault = liteDb.Fault;
        if (fault is null)
        {
            try
            {
                await store.Count(Alert.OpenSince, Keys.All, cancel);
            }
            catch (StoreException broken)
            {
                fault = broken.Message;
            }
        }

        return Results.Json(
            new
            {
                status = fault is null ? "ready" : "not ready",
                store = new { provider = "LiteDb", state = fault is null ? "ok" : "failed", fault },
                chat = platforms.ToDictionary(platform => platform.Name, _ => new { state = "ok", pages = stream.Pages }),
                pager = "none set up",
                chains = "none set up",
                sources = sources.Doors.ToDictionary(door => door.Key, door => !door.Value.Enabled ? "switched off" : !door.Value.IsThere ? "closed: no secret" : door.Value.Secrets.Count > 0 ? "open with a secret" : "open to this machine only"),
            },
            statusCode: fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
