using System.Security.Cryptography;
using System.Text;
using ChatOps.Http;

namespace ChatOps.Sources;

/// <summary>Checks who posts: a bearer token or a Basic password against the source's secrets, in constant time; without a secret, whether it comes from this machine.</summary>
internal static class HookAccess
{
    public static bool MayEnter(HttpRequest request, SourceDoor door) => door.Secrets.Count > 0
        ? Presented(request.Headers.Authorization.ToString()) is { } secret && door.Secrets.Aggregate(false, (any, known) => SameSecret(secret, known) | any)
        : Loopback.IsUnforwarded(request) && !IsFromPage(request);

    // A program says neither; a web page in a browser on this machine cannot keep them back.
    private static bool IsFromPage(HttpRequest request) => request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site");

    private static string? Presented(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }

        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = header["Basic ".Length..].Trim();
        var decoded = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, decoded, out var length)
            && Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    // Hashing first makes the lengths equal, so that the time says nothing about the secret's length either.
    private static bool SameSecret(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
