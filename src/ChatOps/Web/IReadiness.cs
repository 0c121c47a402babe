namespace ChatOps.Web;

/// <summary>One part's line in <c>/readyz</c>: the adapter itself says how it is.</summary>
internal interface IReadiness
{
    /// <summary>store, chat, pager, chain, source or issues.</summary>
    string Kind { get; }

    string Name { get; }

    ValueTask<PartState> Look(CancellationToken cancel);
}

/// <param name="Works">False: it cannot do its work at the moment.</param>
/// <param name="State">In a few words.</param>
internal readonly record struct PartState(bool Works, string State);
