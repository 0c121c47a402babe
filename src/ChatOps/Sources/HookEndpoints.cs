using System.Threading.RateLimiting;
using ChatOps.Core.Alerts;
using ChatOps.Core.Storage;
using ChatOps.Http;
using ChatOps.Sources.Alertmanager;
using ChatOps.Web;
using Microsoft.AspNetCore.RateLimiting;

namespace ChatOps.Sources;

/// <summary>
/// <c>POST /hooks/{source}</c>. 200 only when everything that could be read is stored for good; whatever else it answers makes the sender come again or says
/// that coming again is useless.
/// </summary>
internal static partial class HookEndpoints
{
    private const int MostBytes = 8 * 1024 * 1024;
    private const string Limiter = "hooks";

    public static IServiceCollection AddSources(this IServiceCollection services, SourceSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<IAlertSource, AlertmanagerSource>()
        .AddSingleton<IReadiness>(provider => new SourceReadiness(provider.GetServices<IAlertSource>().Single(source => source.Name == "alertmanager"), settings))
        .AddRateLimiter(limits => limits.AddConcurrencyLimiter(Limiter, limit =>
        {
            // Bodies are up to 8 MB: so many at once, a queue of them, and then "come again" before memory runs out.
            limit.PermitLimit = 16;
            limit.QueueLimit = 512;
            limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        }));

    public static void MapHooks(this WebApplication app)
    {
        foreach (var (name, door) in app.Services.GetRequiredService<SourceSettings>().Doors)
        {
            LogDoor(app.Logger, name, door.Words);
        }

        app.UseRateLimiter();
        app.MapPost("/hooks/{source}", Receive).RequireRateLimiting(Limiter);
    }

    private static async Task<IResult> Receive(
        string source, HttpRequest request, IEnumerable<IAlertSource> sources, SourceSettings settings, AlertIntake intake, SelfAlerts self, ILogger<AlertIntake> log, CancellationToken cancel)
    {
        var known = sources.FirstOrDefault(each => each.Name == source);
        if (known is null || settings.Doors.GetValueOrDefault(source) is not { IsThere: true } door)
        {
            return Say(StatusCodes.Status404NotFound, $"No source \"{source}\" is set up here, or it is switched off.");
        }

        if (!HookAccess.MayEnter(request, door))
        {
            LogRefused(log, source, request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer, Basic";
            return Say(StatusCodes.Status401Unauthorized, door.Secrets.Count > 0
                ? $"Wrong or missing secret: send what Sources:{known.Title}:Secret says, as a bearer token or as a Basic password."
                : $"Only programs on this machine may post, and not through a proxy; for others set Sources__{known.Title}__Secret.");
        }

        try
        {
            if (await request.Read(MostBytes, cancel) is not { } body)
            {
                return Say(StatusCodes.Status413PayloadTooLarge, "At most 8 MB.");
            }

            var reading = known.Read(body);
            var stored = reading.Groups.Sum(group => group.Signals.Count);
            if (stored == 0 && reading.Faults.Count > 0)
            {
                LogUnreadable(log, source, string.Join(" ", reading.Faults));
                return Say(StatusCodes.Status400BadRequest, string.Join(" ", reading.Faults));
            }

            await intake.Receive(reading.Groups, cancel);
            if (reading.Faults.Count > 0)
            {
                LogUnreadable(log, source, string.Join(" ", reading.Faults));
                await self.Unreadable(known, reading.Faults, cancel);
            }

            return Results.Ok(new { stored, unreadable = reading.Faults });
        }
        catch (StoreException fault)
        {
            LogNotStored(log, fault, source);
            return Say(StatusCodes.Status503ServiceUnavailable, "It could not be stored; send it again.");
        }
    }

    private static IResult Say(int status, string error) => Results.Json(new { error }, statusCode: status);

    [LoggerMessage(LogLevel.Information, "/hooks/{Source} is {Door}")]
    private static partial void LogDoor(ILogger log, string source, string door);

    [LoggerMessage(LogLevel.Warning, "{Source}: refused a delivery from {Address}: wrong or missing secret")]
    private static partial void LogRefused(ILogger log, string source, string address);

    [LoggerMessage(LogLevel.Warning, "{Source}: not all of a delivery could be read: {Faults}")]
    private static partial void LogUnreadable(ILogger log, string source, string faults);

    [LoggerMessage(LogLevel.Error, "{Source}: a delivery could not be stored, the sender is asked to come again")]
    private static partial void LogNotStored(ILogger log, Exception fault, string source);
}
