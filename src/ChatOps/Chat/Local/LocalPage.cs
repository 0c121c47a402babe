using System.Reflection;

namespace ChatOps.Chat.Local;

/// <summary>The page's own files, embedded in the program: <c>/</c> and <c>/page/…</c>.</summary>
internal static class LocalPage
{
    private const string Folder = "ChatOps.Chat.Local.Page.";

    // Everything is our own and in files: nothing inline, nothing from elsewhere.
    private const string Policy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter<LocalDoor>();
        pages.MapGet("/", (HttpResponse response) => File(response, "index.html"));
        pages.MapGet("/page/{name}", (HttpResponse response, string name) => File(response, name));
    }

    private static IResult File(HttpResponse response, string name)
    {
        if (Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name) is not { } content)
        {
            return Results.NotFound();
        }

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        return Results.Stream(content, TypeOf(name));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
