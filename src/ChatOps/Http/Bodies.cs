using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Http;

/// <summary>Reads request bodies of limited length.</summary>
internal static class Bodies
{
    // A sender that is in the middle of a body that is too long reads our answer only if we take the rest of it off the wire; beyond this the connection is cut.
    private const long MostDrained = 64 * 1024 * 1024;

    // What is always there for a body, before anything more has come of it. Most are shorter.
    private const int FirstBytes = 16 * 1024;

    // Alertmanager sends 8 MB in well under a second; whoever takes longer than this holds a place that others need.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The body, or null when it is longer than <paramref name="mostBytes"/>: nothing is kept of it then.</summary>
    /// <param name="request">What comes.</param>
    /// <param name="mostBytes">How long it may be.</param>
    /// <param name="room">Where a longer body of somebody who is not known yet has to find room; it is given back when the request has ended. Null: there is no such limit.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BadHttpRequestException">It takes too long (408), or there is no room for it (503).</exception>
    public static async Task<ReadOnlyMemory<byte>?> Read(this HttpRequest request, int mostBytes, BodyRoom? room, CancellationToken cancel)
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
            return await ReadAll(request, mostBytes, room, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body took too long.", StatusCodes.Status408RequestTimeout);
        }
    }

    // The buffer grows with what comes: what a sender says of the length costs nothing.
    private static async Task<ReadOnlyMemory<byte>?> ReadAll(HttpRequest request, int mostBytes, BodyRoom? room, CancellationToken cancel)
    {
        // A byte more than is announced, to see the end in the same room.
        var buffer = new byte[Math.Min(FirstBytes, request.ContentLength + 1 ?? FirstBytes)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                // One byte more than allowed tells a body that is too long from one that just fits.
                var longer = (int)Math.Min((request.ContentLength ?? mostBytes) + 1, buffer.Length * 2L);
                Take(request, room, longer - buffer.Length);
                Array.Resize(ref buffer, longer);
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

    private static void Take(HttpRequest request, BodyRoom? room, long bytes)
    {
        if (room is null)
        {
            return;
        }

        if (!room.TryTake(bytes))
        {
            throw new BadHttpRequestException("Too much comes at once; send it again.", StatusCodes.Status503ServiceUnavailable);
        }

        request.HttpContext.Response.OnCompleted(() =>
        {
            room.Give(bytes);
            return Task.CompletedTask;
        });
    }
}
