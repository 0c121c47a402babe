using System.Text.Json;
using System.Threading.Channels;
using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// Signals through LISTEN and NOTIFY, with two connections of its own: one listens, the other speaks. Whatever waits while it does goes out together next, the
/// same signal once. After a break in listening everybody here hears <see cref="Signal.Everything"/>.
/// </summary>
internal sealed partial class PostgresSignals(PostgresConnection connection, TimeProvider time, ILogger<PostgresSignals> logger) : BackgroundService, ISignals
{
    private const string Channel = "chatops";
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // What this process sends it has heard already.
    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly LocalSignals _here = new();
    private readonly ILogger _logger = logger;

    // A hint may be lost: when the database is away for long, the oldest are.
    private readonly Channel<Signal> _waiting = System.Threading.Channels.Channel.CreateBounded<Signal>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // Survives the connection that it was to go out on.
    private readonly HashSet<Signal> _unsent = [];

    public void Notify(string topic, string payload = "")
    {
        _here.Notify(topic, payload);
        _waiting.Writer.TryWrite(new Signal(topic, payload));
    }

    public IDisposable Listen(Action<Signal> hear) => _here.Listen(hear);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        KeepOn(HearAll, stoppingToken),
        KeepOn(SendAll, stoppingToken));

    private async Task KeepOn(Func<NpgsqlConnection, Action, CancellationToken, Task> work, CancellationToken stop)
    {
        await using var source = connection.Standing();
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var open = await source.OpenConnectionAsync(stop);
                await work(open, () => pause = FirstPause, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                LogBroken(connection.Say(broken), pause.TotalSeconds);
            }

            try
            {
                await Task.Delay(pause, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task HearAll(NpgsqlConnection listening, Action works, CancellationToken stop)
    {
        listening.Notification += (_, heard) => Hear(heard.Payload);
        await using (var command = new NpgsqlCommand($"LISTEN {Channel}", listening))
        {
            await command.ExecuteNonQueryAsync(stop);
        }

        works();
        // Also the first time: what others stored before this moment was said to nobody here.
        _here.Tell(Signal.Everything);
        while (true)
        {
            await listening.WaitAsync(stop);
        }
    }

    private async Task SendAll(NpgsqlConnection sending, Action works, CancellationToken stop)
    {
        while (_unsent.Count > 0 || await _waiting.Reader.WaitToReadAsync(stop))
        {
            while (_unsent.Count < MostWaiting && _waiting.Reader.TryRead(out var signal))
            {
                _unsent.Add(signal);
            }

            await using var command = new NpgsqlCommand($"SELECT pg_notify('{Channel}', said) FROM unnest($1) AS said", sending)
            {
                Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. _unsent.Select(Write)] } },
            };
            await command.ExecuteNonQueryAsync(stop);
            _unsent.Clear();
            works();
        }
    }

    // As JSON: any character may be in a payload, and the text stays ASCII.
    private string Write(Signal signal) => JsonSerializer.Serialize<string[]>([_self, signal.Topic, signal.Payload]);

    private void Hear(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<string[]>(text) is [var sender, var topic, var payload] && sender != _self)
            {
                _here.Tell(new Signal(topic, payload));
            }
        }
        catch (JsonException)
        {
            // Somebody else's notification on the same channel.
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Signals to and from other replicas wait: {Failure}; trying again in {Seconds} s")]
    private partial void LogBroken(string failure, double seconds);
}
