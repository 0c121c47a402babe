using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Sources;

/// <summary>A body signed with HMAC-SHA256 over its bytes as they came, in hex. A header may hold several, with commas, while the sender's secret is being changed.</summary>
/// <param name="Header">Which header.</param>
/// <param name="Prefix">What stands before the hex: "sha256=".</param>
internal sealed record HookSignature(string Header, string Prefix)
{
    // The old secret's and the new one's, and as many again. Strangers write this header too.
    private const int MostPresented = 4;

    /// <summary>Whether anything there has the shape of a signature: without one the body need not be read.</summary>
    public bool IsPresented(IHeaderDictionary headers) => Presented(headers).Count > 0;

    public bool Matches(IHeaderDictionary headers, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets)
    {
        var (presented, any) = (Presented(headers), false);
        foreach (var secret in presented.Count > 0 ? secrets : [])
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
            foreach (var each in presented)
            {
                any |= CryptographicOperations.FixedTimeEquals(each, expected);
            }
        }

        return any;
    }

    private List<byte[]> Presented(IHeaderDictionary headers)
    {
        var found = new List<byte[]>();
        foreach (var each in headers[Header].ToString().Split(',', MostPresented + 1, StringSplitOptions.TrimEntries).Take(MostPresented))
        {
            var bytes = new byte[HMACSHA256.HashSizeInBytes];
            if (each.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && each.Length == Prefix.Length + (2 * bytes.Length)
                && Convert.FromHexString(each.AsSpan(Prefix.Length), bytes, out _, out _) == System.Buffers.OperationStatus.Done)
            {
                found.Add(bytes);
            }
        }

        return found;
    }
}
