using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ChatOps.Core;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Ethereum.Rpc;

/// <summary>One JSON-RPC endpoint: sends batches, in pieces as large as it takes, and says what is wrong with what comes back.</summary>
internal sealed class RpcEndpoint(string chain, ChainEndpoint settings, HttpClient http, EthereumTimes times, TimeProvider clock)
{
    /// <summary>The most that is sent at once before the endpoint has said that it is too much.</summary>
    public const int LargestBatch = 100;

    /// <summary>No answer may be longer: whoever sends more would have us keep it in memory.</summary>
    private const int LongestAnswer = 128 * 1024 * 1024;

    // A connection is kept for so long: behind one that lives for ever a provider could not move to another address.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private const int LeastBuffer = 64 * 1024;

    /// <summary>After so many full batches in a row twice as much is tried again: what was too much once may have been a bad moment.</summary>
    private const int GoodBatches = 10;

    /// <summary>A block that is dated further ahead is not believed: chains allow seconds, and clocks are some minutes wrong.</summary>
    private static readonly Duration FurthestAhead = Duration.FromMinutes(15);

    private volatile int _batch = LargestBatch;
    private volatile int _goodBatches;

    // Many answers do not say how long they are: the next is most likely as long as the last.
    private volatile int _usualAnswer = LeastBuffer;

    public string Name => settings.Name;

    /// <summary>How it stands.</summary>
    public EndpointState State { get; } = new(times, clock);

    /// <summary>False once it has said that it does not know how to trace transactions.</summary>
    public bool Traces { get; set; } = true;

    public static HttpClient NewClient() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife, AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends them and reads what comes back. A reader may be called twice for one place: what it read first does not count.</summary>
    /// <returns>By place, the error of each that has one.</returns>
    /// <exception cref="RpcFault">There is no use in the answer.</exception>
    public async Task<IReadOnlyList<RpcError?>> Try(RpcBatch batch, ResultReader read, CancellationToken cancel)
    {
        var errors = new RpcError?[batch.Count];
        for (var first = 0; first < batch.Count;)
        {
            var count = Math.Min(_batch, batch.Count - first);
            try
            {
                await Send(batch, first, count, errors, read, cancel);
                first += count;
                Grow(count);
            }
            catch (RpcFault fault) when (fault.Kind == RpcFaultKind.TooLarge && count > 1)
            {
                (_batch, _goodBatches) = (count / 2, 0);
            }
        }

        return errors;
    }

    private void Grow(int count)
    {
        if (count == _batch && _batch < LargestBatch && ++_goodBatches >= GoodBatches)
        {
            (_batch, _goodBatches) = (Math.Min(LargestBatch, 2 * _batch), 0);
        }
    }

    /// <exception cref="RpcFault">The block is of a time that has not come yet.</exception>
    public BlockRef Believed(BlockRef block) => block.At <= clock.Now() + FurthestAhead
        ? block
        : throw new RpcFault(RpcFaultKind.Behind, $"dates block {block.Number} {block.At}, which is still to come: it is wrong, or this machine's clock is");

    /// <summary>The same where each must have a result.</summary>
    public async Task Ask(RpcBatch batch, ResultReader read, CancellationToken cancel)
    {
        var errors = await Try(batch, read, cancel);
        for (var i = 0; i < errors.Count; i++)
        {
            if (errors[i] is { } error)
            {
                throw error.ToFault(batch.MethodOf(i));
            }
        }
    }

    private async Task Send(RpcBatch batch, int first, int count, RpcError?[] errors, ResultReader read, CancellationToken cancel)
    {
        try
        {
            await Exchange(batch, first, count, errors, read, cancel);
            if (count > 1 && errors.AsSpan(first, count).ToArray().FirstOrDefault(error => error?.Kind is RpcFaultKind.TooLarge or RpcFaultKind.Busy) is { } error)
            {
                throw error.ToFault("batch");
            }

            Count("ok");
        }
        catch (RpcFault fault)
        {
            Count(fault.Kind.ToString().ToLowerInvariant());
            throw;
        }
    }

    private async Task Exchange(RpcBatch batch, int first, int count, RpcError?[] errors, ResultReader read, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(times.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        byte[]? buffer = null;
        try
        {
            using var content = new ByteArrayContent(batch.Body(first, count)) { Headers = { ContentType = new("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            ThrowIfBusy(response);
            (buffer, var length) = await Body(response, either.Token);
            Read(buffer.AsSpan(0, length), first, count, response.StatusCode, errors, read);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new RpcFault(RpcFaultKind.Unreachable, $"cannot be reached: {fault.Message}", fault);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new RpcFault(RpcFaultKind.Unreachable, $"did not answer within {times.Patience.TotalSeconds:0.##} seconds", fault);
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private void ThrowIfBusy(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            var after = response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => Duration.FromTimeSpan(delta),
                { Date: { } date } => Duration.Max(Instant.FromDateTimeOffset(date) - clock.Now(), Duration.Zero),
                _ => (Duration?)null,
            };
            throw new RpcFault(RpcFaultKind.Busy, "asks to slow down") { RetryAfter = after };
        }

        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            throw new RpcFault(RpcFaultKind.TooLarge, "the request is too large for it");
        }
    }

    private async Task<(byte[] Buffer, int Length)> Body(HttpResponseMessage response, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(response.Content.Headers.ContentLength + 1 ?? _usualAnswer, 1024, LongestAnswer));
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            var length = 0;
            while (await stream.ReadAsync(buffer.AsMemory(length), cancel) is > 0 and var read)
            {
                length += read;
                if (length == buffer.Length)
                {
                    if (length >= LongestAnswer)
                    {
                        throw new RpcFault(RpcFaultKind.TooLarge, $"answers with more than {LongestAnswer / (1024 * 1024)} MB");
                    }

                    var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            _usualAnswer = Math.Max(LeastBuffer, length + 1);
            return (buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Some send an error of JSON-RPC with a status of HTTP's own: its words say more than the number.</summary>
    private static void Read(ReadOnlySpan<byte> body, int first, int count, HttpStatusCode status, RpcError?[] errors, ResultReader read)
    {
        try
        {
            RpcAnswers.Read(body, first, count, errors, read);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw (int)status is >= 200 and < 300
                ? new RpcFault(RpcFaultKind.Garbage, $"answers with something else than JSON-RPC: {fault.Message}", fault)
                : new RpcFault((int)status >= 500 ? RpcFaultKind.Unreachable : RpcFaultKind.Refused, $"answers {(int)status}", fault);
        }
    }

    private void Count(string outcome) => Telemetry.ChainRequests.Add(1, new TagList { { "chain", chain }, { "endpoint", Name }, { "outcome", outcome } });
}
