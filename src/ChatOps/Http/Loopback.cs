using System.Net;

namespace ChatOps.Http;

/// <summary>Whether a request comes from this very machine. Some doors are open to it without a secret.</summary>
internal static class Loopback
{
    private static readonly string[] ForwardedBy = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Original-Forwarded-For", "CF-Connecting-IP", "True-Client-IP"];

    /// <summary>From a loopback address and not through a proxy, behind which it could be anybody.</summary>
    public static bool IsUnforwarded(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !ForwardedBy.Any(request.Headers.ContainsKey)
        && !request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase));

    /// <summary>"localhost", 127.0.0.1, [::1]: names that no other machine's page can be reached by.</summary>
    public static bool IsName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
