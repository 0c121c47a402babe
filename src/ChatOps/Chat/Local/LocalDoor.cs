using ChatOps.Http;

namespace ChatOps.Chat.Local;

/// <summary>
/// The local chat has no passwords: it is for whoever sits at this machine. So only loopback clients that name a loopback host get in, never through a proxy,
/// and no other web page may drive it, whatever a browser on this machine has open.
/// </summary>
internal sealed class LocalDoor : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!Loopback.IsUnforwarded(request) || !Loopback.IsName(request.Host.Host))
        {
            return ValueTask.FromResult<object?>(LocalEndpoints.Say(StatusCodes.Status403Forbidden, "The local chat is only for this machine: open it as http://127.0.0.1 or http://localhost."));
        }

        // A browser says which page asks; a script says nothing.
        var origin = request.Headers.Origin.ToString();
        var isOurs = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && Loopback.IsName(page.Host));
        if (!isOurs || request.Headers["Sec-Fetch-Site"].ToString() == "cross-site")
        {
            return ValueTask.FromResult<object?>(LocalEndpoints.Say(StatusCodes.Status403Forbidden, "Another web page may not use the local chat."));
        }

        return HttpMethods.IsPost(request.Method) && !request.HasJsonContentType()
            ? ValueTask.FromResult<object?>(LocalEndpoints.Say(StatusCodes.Status415UnsupportedMediaType, "Send application/json."))
            : next(context);
    }
}
