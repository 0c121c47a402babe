using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Http;

/// <summary>Reads request bodies of limited length.</summary>
internal static class Bodies
{
    // A sender that is in the middle of a body that is too long reads our answer only if we take the rest of it off the wire; beyond this the connection is cut.
    private const long MostDrained = 64 * 1024 * 1024;

    // Alertmanager sends 8 MB in well under a second; whoever takes longer than this holds a place that others need.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The body, or null when it is longer than <paramref name="mostBytes"/>: nothing is kept of it then.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Read(this HttpRequest request, int mostBytes, CancellationToken cancel)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostDrained;
        }

        if (request.ContentLength > mostBytes)
        {
            return null;
        }

        using var late = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await ReadAll(request, mostBytes, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body took too long.", StatusCodes.Status408RequestTimeout);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAll(HttpRequest request, int mostBytes, CancellationToken cancel)
    {
        var buffer = new byte[request.ContentLength ?? 16 * 1024];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                // One byte more than allowed tells a body that is too long from one that just fits.
                Array.Resize(ref buffer, (int)Math.Min(mostBytes + 1L, Math.Max(1024, buffer.Length * 2L)));
            }

            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancel);
            length += read;
            if (length > mostBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }
        }
    }
}
