using ChatOps.Core.Settings;

namespace ChatOps.Core.Contracts.Chains;

/// <param name="Name">The address' host; with a number where several have the same one. What is after the host may be secret.</param>
/// <param name="Url">Where requests go.</param>
public sealed record ChainEndpoint(string Name, Uri Url)
{
    internal static IReadOnlyList<ChainEndpoint> ReadAll(SettingsReader chain)
    {
        var urls = new List<Uri>();
        foreach (var text in chain.List("RpcUrls") ?? [])
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                urls.Add(url);
            }
            else
            {
                chain.Fault("RpcUrls", "one of them is not a web address: write it as https://host/path; web sockets are not used");
            }
        }

        if (urls.Count == 0)
        {
            chain.Fault("RpcUrls", "none is given; name at least one JSON-RPC endpoint, better two of different providers");
        }

        return Named(urls);
    }

    /// <summary>Gives each a name that says where it is, and no two the same.</summary>
    public static IReadOnlyList<ChainEndpoint> Named(IReadOnlyList<Uri> urls) =>
        [.. urls.Select((url, i) => new ChainEndpoint(urls.Count(other => other.Authority == url.Authority) == 1 ? url.Authority : $"{url.Authority} ({i + 1})", url))];
}
