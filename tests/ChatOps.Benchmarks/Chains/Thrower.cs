using System.Buffers;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Keeps the requests of a run, and sends them again without reading what is answered: how fast it could be at best.</summary>
internal sealed class Thrower() : DelegatingHandler(new SocketsHttpHandler())
{
    private const int AtOnce = 4;

    private readonly List<(Uri Url, byte[] Body)> _requests = [];

    public int Count => _requests.Count;

    /// <summary>As many at once as a follower has.</summary>
    public async Task Repeat(CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < _requests.Count)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, _requests[i].Url) { Content = new ByteArrayContent(_requests[i].Body) { Headers = { ContentType = new("application/json") } } };
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                await Throw(await response.Content.ReadAsStreamAsync(cancel), cancel);
            }
        }));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (_requests)
        {
            _requests.Add((request.RequestUri!, body));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task Throw(Stream answer, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (await answer.ReadAsync(buffer, cancel) > 0)
        {
            // On to the next.
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
