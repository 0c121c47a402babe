using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Storage;
using ChatOps.Http;
using ChatOps.Sources.Alertmanager;
using ChatOps.Sources.HackerOne;
using ChatOps.Sources.Mapped;
using ChatOps.Web;

namespace ChatOps.Sources;

/// <summary>
/// <c>POST /hooks/{source}</c>. 200 only when everything that could be read is stored for good; whatever else it answers makes the sender come again or says
/// that coming again is useless.
/// </summary>
internal static partial class HookEndpoints
{
    private const int MostBytes = 8 * 1024 * 1024;

    public static IServiceCollection AddSources(this IServiceCollection services, SourceSettings settings)
    {
        services.AddSingleton(settings).AddAlertSource<AlertmanagerSource>("alertmanager");
        services.AddReportSource("hackerone", provider => new HackerOneSource(provider.GetRequiredService<HackerOneSettings>()), HackerOneSource.Signature);
        foreach (var mapped in settings.Mapped)
        {
            services.AddReportSource(mapped.Name, _ => new MappedSource(mapped), mapped.Signature);
        }

        return services.AddHostedService<ReportBeginning>().AddSingleton<HookLimits>();
    }

    private static void AddAlertSource<TSource>(this IServiceCollection services, string name)
        where TSource : class, IAlertSource => services
        .AddSingleton<IAlertSource, TSource>()
        .AddSingleton<IHook>(provider => new AlertHook(provider.GetServices<IAlertSource>().OfType<TSource>().Single(), provider.GetRequiredService<AlertIntake>(), provider.GetRequiredService<SelfAlerts>()))
        .AddSingleton<IReadiness>(provider => new SourceReadiness(name, provider.GetRequiredService<SourceSettings>()));

    private static void AddReportSource(this IServiceCollection services, string name, Func<IServiceProvider, IReportSource> source, HookSignature signature) => services
        .AddSingleton(source)
        .AddSingleton<IHook>(provider => new ReportHook(
            provider.GetServices<IReportSource>().Single(each => each.Name == name), signature, provider.GetRequiredService<SourceSettings>().Doors[name].Secrets.Count > 0, provider.GetRequiredService<ReportIntake>(), provider.GetRequiredService<SelfAlerts>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IReadiness>(provider => new SourceReadiness(name, provider.GetRequiredService<SourceSettings>()));

    public static void MapHooks(this WebApplication app)
    {
        foreach (var (name, door) in app.Services.GetRequiredService<SourceSettings>().Doors)
        {
            LogDoor(app.Logger, name, door.Words);
        }

        app.MapPost("/hooks/{source}", Receive);
    }

    private static async Task<IResult> Receive(string source, HttpRequest request, IEnumerable<IHook> hooks, SourceSettings settings, HookLimits limits, ILogger<IHook> log, CancellationToken cancel)
    {
        var known = hooks.FirstOrDefault(each => each.Name == source);
        if (known is null || settings.Doors.GetValueOrDefault(source) is not { IsThere: true } door)
        {
            return Say(StatusCodes.Status404NotFound, $"No source \"{source}\" is set up here, or it is switched off.");
        }

        try
        {
            // What is signed can only be checked when it has been read; who sends no signature at all need not send the rest either.
            if (door.Secrets.Count > 0 && known.Signature is { } signature)
            {
                return signature.IsPresented(request.Headers) ? await ReceiveSigned(request, known, door, signature, limits.RoomOf(source), log, cancel) : Refuse(request, known, door, log);
            }

            if (!HookAccess.MayEnter(request, door))
            {
                return Refuse(request, known, door, log);
            }

            using var place = await limits.Place(source, cancel);
            return !place.IsAcquired ? Say(StatusCodes.Status503ServiceUnavailable, "Too many come at once; send it again.")
                : await request.Read(MostBytes, null, cancel) is { } body ? Tell(source, await known.Take(request.Headers, body, cancel), log)
                : TooLong();
        }
        catch (StoreException fault)
        {
            LogNotStored(log, fault, source);
            return Say(StatusCodes.Status503ServiceUnavailable, "It could not be stored; send it again.");
        }
    }

    private static async Task<IResult> ReceiveSigned(HttpRequest request, IHook hook, SourceDoor door, HookSignature signature, BodyRoom room, ILogger log, CancellationToken cancel) =>
        await request.Read(MostBytes, room, cancel) is not { } body ? TooLong()
        : signature.Matches(request.Headers, body.Span, door.Secrets) ? Tell(hook.Name, await hook.Take(request.Headers, body, cancel), log)
        : Refuse(request, hook, door, log);

    private static IResult Tell(string source, HookOutcome outcome, ILogger log)
    {
        if (outcome.Faults.Count > 0)
        {
            LogUnreadable(log, source, string.Join(" ", outcome.Faults));
        }

        return outcome is { Stored: 0, Faults.Count: > 0 }
            ? Say(StatusCodes.Status400BadRequest, string.Join(" ", outcome.Faults))
            : Results.Ok(new { stored = outcome.Stored, unreadable = outcome.Faults });
    }

    private static IResult Refuse(HttpRequest request, IHook hook, SourceDoor door, ILogger log)
    {
        LogRefused(log, hook.Name, request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        if (door.Secrets.Count > 0 && hook.Signature is { } signature)
        {
            return Say(StatusCodes.Status401Unauthorized, $"Wrong or missing signature: {signature.Header} has to be {signature.Prefix} and the hex of HMAC-SHA256 over the body, with the secret that Sources:{hook.Title}:Secret says.");
        }

        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer, Basic";
        return Say(StatusCodes.Status401Unauthorized, door.Secrets.Count > 0
            ? $"Wrong or missing secret: send what Sources:{hook.Title}:Secret says, as a bearer token or as a Basic password."
            : $"Only programs on this machine may post, and not through a proxy; for others set Sources__{hook.Title}__Secret.");
    }

    private static IResult TooLong() => Say(StatusCodes.Status413PayloadTooLarge, "At most 8 MB.");

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
