using System.Globalization;
using System.Net.Sockets;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;

namespace ChatOps.Storage.LiteDb.Control;

/// <summary>Makes a backup for whoever types: by the bot that has the data file, or, where none runs, here.</summary>
internal sealed class ControlClient(string database, TimeProvider time, Action<string> tell)
{
    /// <param name="file">The full path.</param>
    /// <param name="replace">False refuses a file that is there.</param>
    /// <param name="cancel">Gives up; a bot that is asked already finishes it.</param>
    /// <exception cref="StoreException">A sentence that says why there is none.</exception>
    public async Task<Backup> Backup(string file, bool replace, CancellationToken cancel)
    {
        using var socket = ControlSocket.Open();
        if (!await Connect(socket, cancel))
        {
            return await Backups.Backup.MakeOffline(database, file, replace, new Pace(time, tell), time, cancel);
        }

        if (file.AsSpan().ContainsAny('\n', '\r'))
        {
            throw new StoreException("A file name with a line break in it cannot be asked for");
        }

        using var stream = new NetworkStream(socket);
        await using var request = new StreamWriter(stream) { NewLine = "\n" };
        await request.WriteLineAsync($"backup {(replace ? "replace" : "keep")} {file}");
        await request.FlushAsync(cancel);
        var made = await Answer(new StreamReader(stream), file, cancel);
        return File.Exists(file)
            ? made
            : throw new StoreException($"The bot has written {file}, but it is not to be seen from here: it runs with a file system of its own (a container, a /tmp of its own). Name a file beside its data, {Path.GetDirectoryName(database)}");
    }

    private async Task<Backup> Answer(StreamReader answer, string file, CancellationToken cancel)
    {
        try
        {
            while (await answer.ReadLineAsync(cancel) is { } line)
            {
                switch (line.Split(' ', 2))
                {
                    case ["progress", var said]:
                        tell(said);
                        break;
                    case ["failed", var why]:
                        throw new StoreException(why);
                    case ["done", var numbers]:
                        var read = numbers.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
                        return new Backup(file, read[0], read[1], TimeSpan.FromMilliseconds(read[2]));
                }
            }
        }
        catch (IOException)
        {
            // Said below.
        }

        throw new StoreException("The bot stopped before the backup was made; there is none");
    }

    /// <summary>False when nobody answers there: no bot runs, or one that cannot be asked, whose lock then says so.</summary>
    private async Task<bool> Connect(Socket socket, CancellationToken cancel)
    {
        try
        {
            await socket.ConnectAsync(ControlSocket.At(database), cancel);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new StoreException($"Only the user that runs the bot may ask it for a backup; {ControlSocket.PathOf(database)} is not open to you", refused);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
