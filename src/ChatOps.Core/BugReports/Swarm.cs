using ChatOps.Core.Storage;

namespace ChatOps.Core.BugReports;

/// <summary>Who mends what: one entry of <c>BugReports:Swarms</c>.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Assets">What it looks after, as the programme's scope names it; a star at the end stands for any ending.</param>
/// <param name="Repository">Where its issues are: owner/name.</param>
public sealed record Swarm(string Name, IReadOnlyList<string> Assets, string Repository)
{
    /// <summary>Added to every issue of it.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Who gets its issues, as the tracker names them.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    public bool LooksAfter(string asset) => Assets.Any(pattern => pattern.EndsWith('*')
        ? asset.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(asset, pattern, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The table of swarms corrected from chat: from then on the asset belongs to that swarm.</summary>
/// <param name="Id">The asset, in lower case.</param>
/// <param name="Swarm">The swarm's name.</param>
/// <param name="By">Who said so.</param>
public sealed record SwarmCorrection(string Id, string Swarm, string By) : Document(Id), IStored<SwarmCorrection>
{
    private const int LongestKey = 200;

    public static Collection<SwarmCorrection> Collection { get; } = new("swarm_corrections");

    public static string IdOf(string asset) => asset.Length <= LongestKey ? asset.ToLowerInvariant() : asset[..LongestKey].ToLowerInvariant();
}
