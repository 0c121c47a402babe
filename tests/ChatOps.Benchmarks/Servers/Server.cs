using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Measuring;

namespace ChatOps.Benchmarks.Servers;

/// <summary>A server under load.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="url">Where it listens.</param>
/// <param name="pid">Its process, or null when nobody said which: then nothing is known of its time and memory.</param>
/// <param name="connections">How many requests may be under way at once.</param>
internal sealed class Server(string name, Uri url, int? pid, int connections) : IDisposable
{
    private const string Waiting = "chatops_deliveries_waiting";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public string Name { get; } = name;

    /// <summary>False where what follows goes out at a chat's own pace: then it is not waited for.</summary>
    public bool Settles { get; set; } = true;

    public ProcessUsage? Usage => pid is { } id ? ProcessUsage.Read(id) : null;

    public void ForgetPeak()
    {
        if (pid is { } id)
        {
            ProcessUsage.ForgetPeak(id);
        }
    }

    /// <summary>Sends one request; what went wrong, or null.</summary>
    public async Task<string?> Send(Shot shot, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, shot.Path) { Content = new ByteArrayContent(shot.Body) { Headers = { ContentType = shot.Type } } };
            foreach (var (header, value) in shot.Headers)
            {
                request.Headers.Add(header, value);
            }

            using var answer = await _http.SendAsync(request, cancel);
            return answer.StatusCode == HttpStatusCode.OK ? null : $"{shot.Path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}";
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return $"{shot.Path}: {fault.Message}";
        }
    }

    /// <summary>Sends what a load needs beforehand and waits until it is worked off.</summary>
    public async Task Feed(IReadOnlyList<Shot> shots, CancellationToken cancel)
    {
        await SendAll(shots, cancel);
        await Settle(cancel);
    }

    public async Task SendAll(IReadOnlyList<Shot> shots, CancellationToken cancel) =>
        await Parallel.ForEachAsync(shots, new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancel }, async (shot, stop) =>
        {
            if (await Send(shot, stop) is { } fault)
            {
                throw new ServerException(fault);
            }
        });

    /// <summary>Waits until everything that was caused is done: the bot shows in chat what it has taken in. Another server counts as done at once.</summary>
    public async Task Settle(CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Settles && await Backlog(cancel) > 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline)
            {
                throw new ServerException($"{Name} has not worked off its backlog within {Deadline.TotalMinutes} minutes.");
            }

            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    public async Task<JsonDocument> Read(string path, CancellationToken cancel) => JsonDocument.Parse(await _http.GetByteArrayAsync(path, cancel));

    public void Dispose() => _http.Dispose();

    /// <summary>What /metrics says there, or 0.</summary>
    public async Task<double> Metric(string name, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync("/metrics", cancel);
        var metrics = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancel) : "";
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private Task<double> Backlog(CancellationToken cancel) => Metric(Waiting, cancel);
}

/// <summary>A server does not do what it should. The message is a sentence.</summary>
internal sealed class ServerException(string message) : Exception(message);
