using ChatOps.Chat.Slack;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Ethereum;
using Prometheus;

namespace ChatOps.Web;

/// <summary><c>/healthz</c> (the process answers), <c>/readyz</c> (each part and its state) and <c>/metrics</c> (Prometheus text).</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Kinds = ["store", "chat", "pager", "chain", "source", "issues"];

    public static void MapHealth(this WebApplication app)
    {
        var registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        var metrics = Metrics.WithCustomRegistry(registry);
        var counters = new MeterExport(metrics);
        app.Lifetime.ApplicationStopped.Register(counters.Dispose);
        Count<Alert>(metrics.CreateGauge("chatops_alerts_open", "Alerts that are not resolved."), Alert.OpenSince);
        var held = metrics.CreateGauge("chatops_lease_held", "1 for each lease that this replica has, 0 for those that it would take.", "name");
        registry.AddBeforeCollectCallback(() =>
        {
            foreach (var lease in app.Services.GetRequiredService<ILeases>().States)
            {
                held.WithLabels(lease.Name).Set(lease.IsHeld ? 1 : 0);
            }
        });
        if (app.Services.GetService<SlackState>() is { } slack)
        {
            var sockets = metrics.CreateGauge("chatops_slack_sockets", "Sockets to Slack that are open and answer; none where Slack calls request URLs.");
            registry.AddBeforeCollectCallback(() => sockets.Set(slack.Sockets));
        }

        if (app.Services.GetServices<EthereumChain>().ToList() is { Count: > 0 } chains)
        {
            var head = metrics.CreateGauge("chatops_chain_head", "The newest block that the endpoints show.", "chain");
            var cursor = metrics.CreateGauge("chatops_chain_cursor", "The last block that was read; 0 where another replica follows the chain.", "chain");
            registry.AddBeforeCollectCallback(() => chains.ForEach(chain =>
            {
                head.WithLabels(chain.Settings.Name).Set(chain.State.Head ?? 0);
                cursor.WithLabels(chain.Settings.Name).Set(chain.State.Cursor ?? 0);
            }));
        }

        Count<Mark>(metrics.CreateGauge("chatops_deliveries_waiting", "Messages and changes that no chat platform shows yet."), Mark.ByPlatform);

        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", Ready);
        app.MapMetrics("/metrics", registry);

        void Count<T>(Gauge gauge, Index<T> index)
            where T : Document, IStored<T> => registry.AddBeforeCollectCallback(async cancel =>
            {
                try
                {
                    gauge.Set(await app.Services.GetRequiredService<IStore>().Count(index, Keys.All, cancel));
                }
                catch (StoreException)
                {
                    gauge.Set(double.NaN);
                }
            });
    }

    /// <summary>503 only when the store does not work: without a chat the bot still takes in what others send.</summary>
    private static async Task<IResult> Ready(IEnumerable<IReadiness> parts, ILeases leases, CancellationToken cancel)
    {
        var looks = new List<(IReadiness Part, PartState State)>();
        foreach (var part in parts)
        {
            looks.Add((part, await part.Look(cancel)));
        }

        var ready = looks.All(look => look.State.Works || look.Part.Kind != "store");
        var body = new Dictionary<string, object> { ["status"] = ready ? "ready" : "not ready" };
        foreach (var kind in Kinds)
        {
            var those = looks.Where(look => look.Part.Kind == kind).ToList();
            body[kind] = those.Count == 0 ? "none set up" : those.ToDictionary(look => look.Part.Name, look => new { works = look.State.Works, state = look.State.State });
        }

        // A replica that has none is as ready as the one that has them all.
        body["lease"] = leases.States.ToDictionary(lease => lease.Name, lease => new
        {
            works = lease.Holder is not null,
            state = lease.IsHeld ? "ok, held here" : lease.Holder is { } other ? $"ok, held by {other}" : "nobody has it at the moment",
        });
        return Results.Json(body, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
