using System.Net.Sockets;
using System.Text;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;

namespace ChatOps.Storage.LiteDb.Control;

/// <summary>Answers at the <see cref="ControlSocket"/> of the store's file as long as the bot runs. A bot that cannot open it works without, and says so in its log.</summary>
internal sealed partial class ControlServer(LiteDbStore store, StorageSettings.LiteDb settings, TimeProvider time, ILogger<ControlServer> log) : BackgroundService
{
    private const int LongestRequest = 8_192;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private Socket? _socket;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var path = ControlSocket.PathOf(settings.File);
        var socket = ControlSocket.Open();
        try
        {
            // The store is open, so the file is ours: what stands here is a killed bot's.
            File.Delete(path);
            socket.Bind(ControlSocket.At(settings.File));
            if (!OperatingSystem.IsWindows())
            {
                // Before it listens nobody can connect.
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen();
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            LogNoSocket(failure, path);
            return Task.CompletedTask;
        }

        _socket = socket;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var socket = _socket!;
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.RemoveAll(task => task.IsCompleted);
                running.Add(Serve(await socket.AcceptAsync(stoppingToken), stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task Serve(Socket client, CancellationToken cancel)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        await using var answer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        try
        {
            await Answer(await ReadRequest(stream, cancel), answer, cancel);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Whoever asked has left, or the bot stops.
        }
    }

    private async Task Answer(string request, StreamWriter answer, CancellationToken cancel)
    {
        if (request.Split(' ', 3) is not ["backup", var how, var file] || how is not ("keep" or "replace") || !Path.IsPathFullyQualified(file))
        {
            await answer.WriteLineAsync("failed The bot does not understand the request; it may be of another version than this command");
            return;
        }

        try
        {
            var made = await store.Backup(file, how == "replace", new Pace(time, said => answer.WriteLine($"progress {said}")), cancel);
            LogMade(made);
            await answer.WriteLineAsync(string.Create(null, $"done {made.Documents} {made.Bytes} {(long)made.Took.TotalMilliseconds}"));
        }
        catch (StoreException failed)
        {
            await answer.WriteLineAsync($"failed {failed.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await answer.WriteLineAsync("failed The bot stops; no backup was made");
        }
    }

    private static async Task<string> ReadRequest(Stream stream, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        var bytes = new byte[LongestRequest];
        var length = 0;
        while (length < bytes.Length && await stream.ReadAsync(bytes.AsMemory(length), late.Token) is > 0 and var read)
        {
            length += read;
            if (bytes.AsSpan(0, length).IndexOf((byte)'\n') is >= 0 and var end)
            {
                return Encoding.UTF8.GetString(bytes, 0, end);
            }
        }

        return "";
    }

    [LoggerMessage(LogLevel.Warning, "Backups cannot be asked for from the command line while this bot runs: {Path} cannot be opened")]
    private partial void LogNoSocket(Exception failure, string path);

    [LoggerMessage(LogLevel.Information, "Backup asked for from the command line: {Backup}")]
    private partial void LogMade(Backup backup);
}
