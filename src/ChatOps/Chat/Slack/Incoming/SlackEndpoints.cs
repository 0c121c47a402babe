using System.Text;
using ChatOps.Core.Storage;
using ChatOps.Http;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// Slack's request URLs: <c>POST /slack/command</c>, <c>/action</c>, <c>/options</c>, <c>/event</c>; anything may also come to any of them, or to <c>/slack</c>. The signature
/// is checked over the raw body before anything in it is read.
/// </summary>
internal static partial class SlackEndpoints
{
    private const int MostBytes = 1024 * 1024;

    private static readonly string[] Paths = ["/slack", "/slack/command", "/slack/action", "/slack/options", "/slack/event", "/slack/events"];

    public static void MapSlack(this WebApplication app)
    {
        if (app.Services.GetService<SlackDispatcher>() is null)
        {
            return;
        }

        foreach (var path in Paths)
        {
            app.MapPost(path, (RequestDelegate)Receive);
        }
    }

    private static async Task Receive(HttpContext context)
    {
        var (request, response, services) = (context.Request, context.Response, context.RequestServices);
        if (await request.Read(MostBytes, context.RequestAborted) is not { } body)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var settings = services.GetRequiredService<SlackSettings>();
        var wrong = SlackSignature.Check(
            settings.SigningSecrets,
            request.Headers["X-Slack-Request-Timestamp"].ToString(),
            request.Headers["X-Slack-Signature"].ToString(),
            body.Span,
            services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds());
        if (wrong is not null)
        {
            // The reason is for us: whoever tries signatures learns nothing from it.
            LogRefused(services.GetRequiredService<ILogger<SlackDispatcher>>(), context.Connection.RemoteIpAddress?.ToString() ?? "unknown", wrong);
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var said = SlackRequest.Read(body, isForm: request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false);
        if (said.Kind == SlackKind.UrlVerification)
        {
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync(said.Text("challenge") ?? "", context.RequestAborted);
            return;
        }

        await Answer(context, said, services.GetRequiredService<SlackDispatcher>());
    }

    private static async Task Answer(HttpContext context, SlackRequest said, SlackDispatcher dispatcher)
    {
        try
        {
            var reply = await dispatcher.Handle(said, context.RequestAborted);
            if (reply.Json is { } json)
            {
                context.Response.ContentType = "application/json; charset=utf-8";
                context.Response.ContentLength = json.Length;
                await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
            }
        }
        catch (StoreException)
        {
            // Not stored: an event comes again; to a person Slack says that we did not answer.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("It could not be stored; send it again."), context.RequestAborted);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused a request from {Address} in Slack's name: {Why}")]
    private static partial void LogRefused(ILogger log, string address, string why);
}
