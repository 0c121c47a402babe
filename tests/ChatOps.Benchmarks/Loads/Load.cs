using System.Net.Http.Headers;
using ChatOps.Benchmarks.Servers;

namespace ChatOps.Benchmarks.Loads;

/// <summary>One kind of request.</summary>
/// <param name="Name">What it is called in the table and on the command line.</param>
/// <param name="What">The same in words.</param>
/// <param name="Prepare">Makes that many requests, with whatever they need in the server.</param>
/// <param name="Share">One request of this load stands for so many of the others: its number is divided by it.</param>
internal sealed record Load(string Name, string What, Func<Server, int, CancellationToken, Task<IReadOnlyList<Shot>>> Prepare, int Share = 1)
{
    /// <summary>A load that needs nothing in the server.</summary>
    public static Load Of(string name, string what, Func<int, IReadOnlyList<Shot>> shots, int share = 1) => new(name, what, (_, count, _) => Task.FromResult(shots(count)), share);
}

/// <summary>A POST, written out beforehand: making it costs nothing while it is measured.</summary>
internal readonly record struct Shot(string Path, byte[] Body)
{
    public MediaTypeHeaderValue Type { get; init; } = Json;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    private static MediaTypeHeaderValue Json { get; } = new("application/json");
}
