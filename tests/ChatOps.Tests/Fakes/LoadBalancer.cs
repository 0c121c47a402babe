namespace ChatOps.Tests.Fakes;

/// <summary>
/// In front of several servers, as a load balancer is: each request goes to the next one, and on to another one when that does not answer in time or answers 5xx. So a request
/// may be done twice.
/// </summary>
internal sealed class LoadBalancer(IReadOnlyList<Uri> servers) : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _out = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) });
    private int _next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        for (var tries = 1; ; tries++)
        {
            var server = servers[(int)((uint)Interlocked.Increment(ref _next) % servers.Count)];
            var answer = await Try(request, body, server, cancellationToken);
            if (answer is { IsSuccessStatusCode: true } || tries == servers.Count || (answer is not null && (int)answer.StatusCode < 500))
            {
                return answer ?? new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway);
            }

            answer?.Dispose();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _out.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage?> Try(HttpRequestMessage request, byte[]? body, Uri server, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var onward = new HttpRequestMessage(request.Method, new Uri(server, request.RequestUri!.PathAndQuery));
        if (body is not null)
        {
            onward.Content = new ByteArrayContent(body);
            onward.Content.Headers.ContentType = request.Content!.Headers.ContentType;
        }

        try
        {
            var answer = await _out.SendAsync(onward, patience.Token);
            await answer.Content.LoadIntoBufferAsync(patience.Token);
            return answer;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
