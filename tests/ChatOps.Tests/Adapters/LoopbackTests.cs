using System.Net;
using ChatOps.Http;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Adapters;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("Forwarded")]
    [InlineData("via")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-proto")]
    [InlineData("X-Original-Forwarded-For")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Client-IP")]
    [InlineData("X-Cluster-Client-IP")]
    [InlineData("Fastly-Client-IP")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("True-Client-IP")]
    [InlineData("X-Azure-ClientIP")]
    [InlineData("X-Appengine-User-Ip")]
    [InlineData("X-Envoy-External-Address")]
    [InlineData("X-Remote-Addr")]
    public void What_a_proxy_adds_makes_it_nobody_of_this_machine(string header) => Assert.False(Loopback.IsUnforwarded(Request(header)));

    [Theory]
    [InlineData("Accept-Encoding")]
    [InlineData("Authorization")]
    [InlineData("X-H1-Delivery")]
    public void Other_headers_say_nothing_of_it(string header) => Assert.True(Loopback.IsUnforwarded(Request(header)));

    private static HttpRequest Request(string header)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.IPv6Loopback } };
        context.Request.Headers[header] = "203.0.113.7";
        return context.Request;
    }
}
