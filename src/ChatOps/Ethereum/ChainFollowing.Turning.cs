using System.Diagnostics;
using ChatOps.Core;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Leases;

namespace ChatOps.Ethereum;

/// <summary>What is done when blocks that were read leave the chain.</summary>
internal sealed partial class ChainFollowing
{
    private const int HeadersAtOnce = 25;

    /// <summary>One of the blocks that were read, where the chain now has another at its height; null: all is as it was.</summary>
    private async Task<BlockRef?> Replaced(ChainCursor cursor, BlockRef head, CancellationToken cancel)
    {
        // A head below what was read: the endpoint lags, or the chain is another.
        var ours = cursor.Blocks.FirstOrDefault(block => block.Number == Math.Min(head.Number, cursor.Tip!.Number));
        var theirs = ours is null ? null : ours.Number == head.Number ? head : (await chain.Client.Blocks([ours.Number], cancel))[0];
        return theirs is null || theirs.Hash == ours!.Hash ? null : ours;
    }

    /// <summary>Finds the last block that is still in the chain, and takes back what came after it.</summary>
    /// <param name="cursor">As it is stored.</param>
    /// <param name="suspect">A block that seems to have left.</param>
    /// <param name="tenure">The lease.</param>
    private async Task TurnBack(ChainCursor cursor, BlockRef suspect, Tenure tenure)
    {
        if (!await chain.Survey.HasLeft(suspect, tenure.Ended))
        {
            return;
        }

        ChainCursor next;
        if (await Ancestor(cursor, suspect, tenure.Ended) is { } ancestor)
        {
            next = cursor.BackTo(ancestor);
            LogReorganised(Name, cursor.Tip!.Number - ancestor.Number, ancestor.Number);
            if (ancestor.Number < cursor.Settled)
            {
                await alarm.ChainReplaced(Name, $"Blocks after {ancestor.Number} were replaced, and {cursor.Settled} had been called final. They are taken back and read again.", tenure.Ended);
            }
        }
        else
        {
            next = cursor.StartingOver(Math.Max(cursor.Settled, chain.Survey.Settled) + 1);
            LogStartsOver(Name, next.Next);
            // Fewer are remembered soon after the first start: then it is news where one of them had been called final.
            if (cursor.Blocks.Count == ChainCursor.Depth || (cursor.Blocks.Count > 0 && cursor.Blocks[0].Number <= cursor.Settled))
            {
                await alarm.ChainReplaced(
                    Name,
                    $"All of the last {cursor.Blocks.Count} blocks up to {cursor.Tip!.Number} were replaced. They are taken back, and the chain is read again from {next.Next}. What happened before may have changed too.",
                    tenure.Ended);
            }
        }

        Telemetry.ChainReorgs.Add(1, new TagList { { "chain", Name } });
        await TakeBack(await Save(next, tenure), tenure);
    }

    private async Task<BlockRef?> Ancestor(ChainCursor cursor, BlockRef suspect, CancellationToken cancel)
    {
        foreach (var some in cursor.Blocks.Where(block => block.Number < suspect.Number).Reverse().Chunk(HeadersAtOnce))
        {
            var theirs = await chain.Client.Blocks([.. some.Select(block => block.Number)], cancel);
            if (some.Zip(theirs).FirstOrDefault(pair => pair.Second?.Hash == pair.First.Hash).First is { } common)
            {
                return common;
            }
        }

        return null;
    }

    /// <summary>What was left to be taken back is.</summary>
    private async Task<ChainCursor> TakeBack(ChainCursor cursor, Tenure tenure) =>
        cursor.Gone.Count == 0 ? cursor : await Save(cursor with { Gone = await Retract(cursor, tenure) }, tenure);

    /// <returns>What is left to be taken back: nothing.</returns>
    private async Task<IReadOnlyList<BlockRef>> Retract(ChainCursor cursor, Tenure tenure)
    {
        if (cursor.Gone.Count > 0)
        {
            tenure.ThrowIfOver();
            await intake.Retract(Name, [.. cursor.Gone.DistinctBy(block => block.Hash).OrderBy(block => block.Number)], tenure.Ended);
        }

        return [];
    }

    [LoggerMessage(LogLevel.Information, "{Chain} was reorganised: {Count} blocks after {Ancestor} are taken back")]
    private partial void LogReorganised(string chain, long count, long ancestor);

    [LoggerMessage(LogLevel.Warning, "{Chain} has none of the blocks that were read; it is read again from {Next}")]
    private partial void LogStartsOver(string chain, long next);
}
