using System.Text;
using ChatOps.Core.Storage;
using ChatOps.Http;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// Slack's request URLs: <c>POST /slack/command</c>, <c>/action</c>, <c>/options</c>, <c>/event</c>; anything may also come to any of them, or to <c>/slack</c>. The signature
/// is checked over the raw body before anything in it is read, and before the body is there the headers are.
/// </summary>
internal static partial class SlackEndpoints
{
    private const int MostBytes = 1024 * 1024;
    private const long Room = 64 * MostBytes;

    private static readonly string[] Paths = ["/slack", "/slack/command", "/slack/action", "/slack/options", "/slack/event", "/slack/events"];

    public static void MapSlack(this WebApplication app)
    {
        if (app.Services.GetService<SlackDispatcher>() is null)
        {
            return;
        }

        var room = new BodyRoom(Room);
        foreach (var path in Paths)
        {
            app.MapPost(path, (RequestDelegate)(context => Receive(context, room)));
        }
    }

    private static async Task Receive(HttpContext context, BodyRoom room)
    {
        var (request, response, services) = (context.Request, context.Response, context.RequestServices);
        var secrets = services.GetRequiredService<SlackSettings>().SigningSecrets;
        var (signature, wrong) = SlackSignature.Read(
            request.Headers["X-Slack-Request-Timestamp"].ToString(), request.Headers["X-Slack-Signature"].ToString(), services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds());
        if (signature is null || secrets.Count == 0)
        {
            Refuse(context, wrong ?? "there is no signing secret");
            return;
        }

        if (await request.Read(MostBytes, room, context.RequestAborted) is not { } body)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!signature.Matches(secrets, body.Span))
        {
            Refuse(context, "the signature is wrong");
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

    // The reason is for us: whoever tries signatures learns nothing from it.
    private static void Refuse(HttpContext context, string why)
    {
        LogRefused(context.RequestServices.GetRequiredService<ILogger<SlackDispatcher>>(), context.Connection.RemoteIpAddress?.ToString() ?? "unknown", why);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
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
