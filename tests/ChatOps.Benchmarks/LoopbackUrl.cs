using System.CommandLine.Parsing;
using System.Net;

namespace ChatOps.Benchmarks;

/// <summary>An address that load may be sent to: a program on this machine, and nobody else's.</summary>
internal static class LoopbackUrl
{
    public static Uri? Parse(ArgumentResult given)
    {
        var text = given.Tokens.Single().Value;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            given.AddError($"\"{text}\" is not an address such as http://127.0.0.1:5080.");
            return null;
        }

        // A name could lead anywhere by the time of the first request; an address cannot.
        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) || !IPAddress.IsLoopback(address))
        {
            given.AddError($"\"{text}\" is not on this machine: load is sent to loopback addresses only, such as http://127.0.0.1:5080.");
            return null;
        }

        return url;
    }
}
