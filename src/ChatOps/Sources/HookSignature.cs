using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Sources;

/// <summary>A body signed with HMAC-SHA256 over its bytes as they came, in hex. A header may hold several, with commas, while the sender's secret is being changed.</summary>
/// <param name="Header">Which header.</param>
/// <param name="Prefix">What stands before the hex: "sha256=".</param>
internal sealed record HookSignature(string Header, string Prefix)
{
    public bool Matches(IHeaderDictionary headers, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets)
    {
        var any = false;
        foreach (var presented in headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries).Where(each => each.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var secret in secrets)
            {
                any |= IsOf(presented[Prefix.Length..], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
            }
        }

        return any;
    }

    // Text of the same length as the right one is compared to its end, however early it differs.
    private static bool IsOf(string hex, byte[] expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hex.ToLowerInvariant()), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(expected)));
}
