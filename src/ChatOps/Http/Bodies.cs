using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Http;

internal static class Bodies
{
    /// <summary>Sets how long the body may be; reading past it throws a <see cref="BadHttpRequestException"/> with status 413.</summary>
    public static void Limit(this HttpRequest request, long mostBytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = mostBytes;
        }
    }
}
