namespace ChatOps.Sources;

/// <summary>What stands behind <c>/hooks/{name}</c>.</summary>
internal interface IHook
{
    /// <summary>The last part of its path, lower case.</summary>
    string Name { get; }

    /// <summary>What people call it, as in <c>Sources:Alertmanager:Secret</c>.</summary>
    string Title { get; }

    /// <summary>How it signs what it sends with its secret; null: it sends the secret itself.</summary>
    HookSignature? Signature { get; }

    /// <summary>Stores what can be read of a body of at most 8 MB; when it returns, that is stored for good.</summary>
    Task<HookOutcome> Take(IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancel);
}

/// <param name="Stored">How many things were readable.</param>
/// <param name="Faults">A sentence for each thing that was not.</param>
internal sealed record HookOutcome(int Stored, IReadOnlyList<string> Faults);
