using System.Net;

namespace ChatOps.Http;

/// <summary>Whether a request comes from this very machine. Some doors are open to it without a secret.</summary>
internal static class Loopback
{
    // Every proxy has a header of its own for whom it speaks for. Most of their names end so: X-Real-IP, True-Client-IP, X-Azure-ClientIP.
    private static readonly string[] Parts = ["Forwarded", "X-Envoy", "Remote-Addr", "Remote-Host"];

    /// <summary>From a loopback address and not through a proxy, behind which it could be anybody.</summary>
    public static bool IsUnforwarded(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.EndsWith("IP", StringComparison.OrdinalIgnoreCase) || header.Equals("Via", StringComparison.OrdinalIgnoreCase) || Parts.Any(part => header.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>"localhost", 127.0.0.1, [::1]: names that no other machine's page can be reached by.</summary>
    public static bool IsName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
