using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// Slack's signature v0: HMAC-SHA256 over <c>v0:{timestamp}:{body}</c> with the signing secret, in hex. It is checked over the raw bytes, in constant time, before
/// anything is read; a timestamp more than five minutes off, either way, is refused: somebody may have kept the request.
/// </summary>
internal static class SlackSignature
{
    private const long Window = 300;

    /// <returns>What is wrong, for the log; null when it is Slack's.</returns>
    public static string? Check(IReadOnlyList<string> secrets, string timestamp, string signature, ReadOnlySpan<byte> body, long nowSeconds)
    {
        if (secrets.Count == 0)
        {
            return "there is no signing secret";
        }

        if (!long.TryParse(timestamp, out var then) || then < nowSeconds - Window || then > nowSeconds + Window)
        {
            return "the timestamp is missing or too far from now";
        }

        Span<byte> given = stackalloc byte[32];
        if (!signature.StartsWith("v0=", StringComparison.Ordinal) || signature.Length != 67 || Convert.FromHexString(signature.AsSpan(3), given, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return "the signature is missing or not of version 0";
        }

        var same = false;
        foreach (var secret in secrets)
        {
            same |= CryptographicOperations.FixedTimeEquals(Sign(secret, then, body), given);
        }

        return same ? null : "the signature is wrong";
    }

    public static byte[] Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
