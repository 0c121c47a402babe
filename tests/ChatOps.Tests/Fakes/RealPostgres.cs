using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatOps.Storage.Postgres;
using Npgsql;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// Debian's PostgreSQL with a data folder and a port of its own. A shell starts it and takes orders on standard input; when that ends, as it does however the
/// tests end, the shell stops the server and removes the folder.
/// </summary>
internal sealed class RealPostgres : IAsyncDisposable
{
    public const string ProgramName = "initdb";
    public const string User = "chatops";
    public const string Password = "a 'pass'; word";

    private const string Supervisor = """
        set -u
        folder=$1 port=$2 password=$3
        pid=
        printf '%s' "$password" > "$folder/password"
        initdb -D "$folder/data" -U chatops -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C > "$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
        while read -r order; do
          case $order in
            start)
              postgres -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$folder" -c max_connections=300 -c synchronous_commit=off >> "$folder/log" 2>&1 &
              pid=$! ;;
            crash) kill -QUIT $pid ;;
            stop) kill -INT $pid ;;
          esac
          [ "$order" = start ] || { wait $pid; pid=; }
          echo done
        done
        [ -z "$pid" ] || { kill -QUIT $pid; wait $pid; }
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<RealPostgres>> OfAll = new(Start);

    private readonly Process _supervisor;
    private readonly int _port;
    private int _databases;

    private RealPostgres(Process supervisor, int port) => (_supervisor, _port) = (supervisor, port);

    /// <summary>One server for all tests that do not stop it.</summary>
    public static Task<RealPostgres> Shared => OfAll.Value;

    public static async Task<RealPostgres> Start()
    {
        var folder = Directory.CreateTempSubdirectory("chatops-postgres-").FullName;
        var bin = Path.GetDirectoryName(NeedsProgramAttribute.PathOf(ProgramName))!;
        // It refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] : [];
        if (user.Length > 0)
        {
            using var give = Process.Start("chown", ["postgres", folder]);
            await give.WaitForExitAsync();
        }

        var port = FreePort();
        string[] words = [.. user, "sh", "-c", Supervisor, "sh", folder, $"{port}", Password];
        var server = new RealPostgres(
            Process.Start(new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                WorkingDirectory = folder,
                Environment = { ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}", ["TZ"] = "UTC" },
            })!,
            port);
        await server.StartAgain();
        return server;
    }

    /// <summary>A new database, empty.</summary>
    public async Task<string> Database(string? more = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Run("postgres", $"CREATE DATABASE {name} {more}");
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Database = database, Username = User, Password = Password }.ConnectionString;

    public async Task Run(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Immediately, without a checkpoint or a farewell to anybody: what is not in the log on the disk is gone.</summary>
    public Task Crash() => Order("crash");

    /// <summary>As an administrator does.</summary>
    public Task Stop() => Order("stop");

    public async Task StartAgain()
    {
        await Order("start");
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Run("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (TimeProvider.System.GetElapsedTime(began) < Deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _supervisor.StandardInput.Close();
        await _supervisor.WaitForExitAsync();
        _supervisor.Dispose();
    }

    internal static PostgresConnection Connection(string text) =>
        PostgresConnection.Read(text) is { Connection: { } read } ? read : throw new ArgumentException(PostgresConnection.Read(text).Problem);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Order(string order)
    {
        await _supervisor.StandardInput.WriteLineAsync(order);
        await _supervisor.StandardInput.FlushAsync();
        Assert.Equal("done", await _supervisor.StandardOutput.ReadLineAsync().WaitAsync(Deadline));
    }
}
