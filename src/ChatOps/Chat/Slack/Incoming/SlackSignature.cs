using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// Slack's signature v0: HMAC-SHA256 over <c>v0:{timestamp}:{body}</c> with the signing secret, in hex. It is checked over the raw bytes, in constant time, before
/// anything is read; a timestamp more than five minutes off, either way, is refused: somebody may have kept the request.
/// </summary>
/// <param name="timestamp">When it was signed, in seconds since 1970.</param>
/// <param name="given">The header's 32 bytes.</param>
internal sealed class SlackSignature(long timestamp, byte[] given)
{
    private const string Version = "v0=";
    private const long Window = 300;

    /// <summary>Reads the two headers. What is wrong with them already needs no body.</summary>
    /// <returns>The signature, or what is wrong, for the log.</returns>
    public static (SlackSignature? Signature, string? Wrong) Read(string timestamp, string signature, long nowSeconds)
    {
        if (!long.TryParse(timestamp, out var then) || then < nowSeconds - Window || then > nowSeconds + Window)
        {
            return (null, "the timestamp is missing or too far from now");
        }

        var given = new byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(Version, StringComparison.Ordinal) && signature.Length == Version.Length + (2 * given.Length)
            && Convert.FromHexString(signature.AsSpan(Version.Length), given, out _, out _) == OperationStatus.Done
            ? (new SlackSignature(then, given), null)
            : (null, "the signature is missing or not of version 0");
    }

    /// <summary>Whether one of the secrets signed it so.</summary>
    public bool Matches(IReadOnlyList<string> secrets, ReadOnlySpan<byte> body)
    {
        var same = false;
        foreach (var secret in secrets)
        {
            same |= CryptographicOperations.FixedTimeEquals(Sign(secret, timestamp, body), given);
        }

        return same;
    }

    public static byte[] Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
