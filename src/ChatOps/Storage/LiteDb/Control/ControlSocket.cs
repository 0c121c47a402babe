using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Storage.LiteDb.Control;

/// <summary>
/// Where a running bot is asked for a backup: a socket beside its data file that only the bot's own user (and root) can connect to. One line is asked,
/// <c>backup keep|replace FILE</c>; the answer is lines: <c>progress …</c> while it lasts, then <c>done documents bytes milliseconds</c> or <c>failed …</c>.
/// </summary>
internal static class ControlSocket
{
    // The kernel takes 108 bytes on Linux and 104 on macOS, with the zero at the end.
    private const int LongestPath = 100;

    public static UnixDomainSocketEndPoint At(string database) => new(PathOf(database));

    public static Socket Open() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>A path that is too long for a socket stands in the temporary folder under its hash. A service with a /tmp of its own is not found there; give such a one a shorter path.</summary>
    public static string PathOf(string database)
    {
        var beside = database + ".control";
        return Encoding.UTF8.GetByteCount(beside) <= LongestPath
            ? beside
            : Path.Combine(Path.GetTempPath(), $"chatops-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..16]}.control");
    }
}
