namespace ChatOps.Chat.Slack.Blocks;

/// <summary>A dialog (modal) or somebody's home tab.</summary>
/// <param name="Type">modal or home.</param>
/// <param name="Blocks">At most 100.</param>
internal sealed record View(string Type, IReadOnlyList<Block> Blocks)
{
    /// <summary>At most 24 characters; only dialogs have one.</summary>
    public PlainWords? Title { get; init; }

    public PlainWords? Submit { get; init; }

    public PlainWords? Close { get; init; }

    public string? CallbackId { get; init; }

    /// <summary>At most 3,000 characters, handed back when the dialog is sent.</summary>
    public string? PrivateMetadata { get; init; }
}
