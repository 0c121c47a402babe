using System.Net;

namespace ChatOps.Http;

/// <summary>Whether a request comes from this very machine. Some doors are open to it without a secret.</summary>
internal static class Loopback
{
    private static readonly string[] ForwardedBy = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>From a loopback address and not through a proxy, behind which it could be anybody.</summary>
    public static bool IsUnforwarded(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !ForwardedBy.Any(request.Headers.ContainsKey);

    /// <summary>"localhost", 127.0.0.1, [::1]: names that no other machine's page can be reached by.</summary>
    public static bool IsName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
