using System.Text.Json.Serialization;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>
/// How far a chain was read. Everything below <see cref="Next"/> has been brought in to its end. What may have been brought in without this document knowing how it
/// ended stands in <see cref="Open"/> and <see cref="Gone"/>, written before it is done: so a crash leaves nothing behind that nobody would take back.
/// </summary>
/// <param name="Id">The chain's name in the settings.</param>
/// <param name="Next">The number of the block that is read next.</param>
/// <param name="Blocks">The last that were read, without a gap, the newest at the end.</param>
public sealed record ChainCursor(string Id, long Next, IReadOnlyList<BlockRef> Blocks) : Document(Id), IStored<ChainCursor>
{
    /// <summary>How many blocks are remembered: further back a reorganisation is not followed by itself.</summary>
    public const int Depth = 100;

    /// <summary>So close to the head nothing is taken for final.</summary>
    public const int NeverFinal = 32;

    private static readonly Duration Old = Duration.FromHours(1);

    public static Collection<ChainCursor> Collection { get; } = new("chain_cursors");

    /// <summary>Blocks from <see cref="Next"/> on that hold something of ours, which may have been brought in.</summary>
    public IReadOnlyList<BlockRef> Open { get; init; } = [];

    /// <summary>Blocks that are being taken back.</summary>
    public IReadOnlyList<BlockRef> Gone { get; init; } = [];

    /// <summary>The number of the first block that was ever read: what was before it is not ours to tell.</summary>
    public long First { get; init; }

    /// <summary>The highest number that was read and said to be final; below zero: none.</summary>
    public long Settled { get; init; }

    [JsonIgnore]
    public BlockRef? Tip => Blocks.Count > 0 ? Blocks[^1] : null;

    public static ChainCursor StartingAt(string chain, long next) => new(chain, next, []) { First = next };

    /// <summary>Whether the block can come next: it has the right number and stands on the last one.</summary>
    public bool Fits(BlockRef block) => block.Number == Next && (Tip is not { } tip || tip.Hash == block.Parent);

    /// <summary>These are about to be brought in. What was open at their heights and is another block goes.</summary>
    /// <param name="read">What comes next, in order.</param>
    /// <param name="touching">Those of them that hold something of ours.</param>
    public ChainCursor Opening(IReadOnlyList<BlockRef> read, IReadOnlyList<BlockRef> touching)
    {
        var hashes = read.Select(block => block.Hash).ToHashSet();
        var gone = Open.Where(open => open.Number <= read[^1].Number && !hashes.Contains(open.Hash));
        var above = Open.Where(open => open.Number > read[^1].Number);
        return this with { Open = [.. touching, .. above], Gone = [.. Gone, .. gone] };
    }

    /// <summary>All of them have been brought in to their end, and what was <see cref="Gone"/> is taken back.</summary>
    public ChainCursor Past(IReadOnlyList<BlockRef> read) => this with
    {
        Next = read[^1].Number + 1,
        Blocks = [.. Blocks.Concat(read).TakeLast(Depth)],
        Open = [.. Open.Where(open => open.Number > read[^1].Number)],
        Gone = [],
    };

    /// <summary>The chain has left this one after that block: what came after it goes, and is read anew.</summary>
    /// <param name="ancestor">One of <see cref="Blocks"/>.</param>
    public ChainCursor BackTo(BlockRef ancestor) => this with
    {
        Next = ancestor.Number + 1,
        Blocks = [.. Blocks.Where(block => block.Number <= ancestor.Number)],
        Open = [],
        Gone = [.. Gone, .. Blocks.Where(block => block.Number > ancestor.Number), .. Open],
    };

    /// <summary>None of the blocks that are remembered is in the chain any more: all of them go, and it is read anew from there.</summary>
    /// <param name="next">From where; never from before <see cref="First"/>, nor after the oldest that is remembered.</param>
    public ChainCursor StartingOver(long next) => this with
    {
        Next = Math.Max(First, Math.Min(next, Blocks.Count > 0 ? Blocks[0].Number : next)),
        Blocks = [],
        Open = [],
        Gone = [.. Gone, .. Blocks, .. Open],
    };

    /// <summary>With what is said to be final, as far as it was read; so close to the last block nothing is taken for final, whatever an endpoint says.</summary>
    public ChainCursor Settling(long settled) => this with { Settled = Math.Min(Math.Max(Settled, settled), Next - 1 - NeverFinal) };

    /// <summary>The news of blocks that are older than an hour is told in a digest and not one by one.</summary>
    /// <param name="block">Which.</param>
    /// <param name="now">The time.</param>
    /// <param name="wasThere">When all blocks that there were had been read: later ones have come since, whatever they are dated; null: not so far.</param>
    public static bool IsOld(BlockRef block, Instant now, Instant? wasThere) => now - block.At > Old && (wasThere is not { } since || now - since > Old);
}
