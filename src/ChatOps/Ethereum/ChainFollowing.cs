using System.Diagnostics;
using ChatOps.Core;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>
/// Follows one chain: brings every block in, in order, and takes back those that leave the chain. The cursor is written when what it stands for is done; what could be left
/// half done is written before (<see cref="ChainCursor"/>). So it may stop anywhere, and doing a piece again does no harm.
/// </summary>
internal sealed partial class ChainFollowing(EthereumChain chain, ITransactionIntake intake, IStore store, IChainAlarm alarm, TimeProvider clock, ILogger<ChainFollowing> log)
{
    private const int HeadersAtOnce = 25;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>After so long a turn ends, even when there is more: to look at the endpoints and at the head again.</summary>
    private static readonly TimeSpan LongTurn = TimeSpan.FromSeconds(15);

    private readonly ChainTroubles _troubles = new(chain.Settings, chain.Endpoints, chain.Survey, chain.State, alarm, chain.Times);
    private Instant? _lookAgain;

    private string Name => chain.Settings.Name;

    /// <summary>Until the tenure ends.</summary>
    public async Task Follow(Tenure tenure)
    {
        _troubles.Forget();
        while (true)
        {
            var pause = await Turn(tenure);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, clock, tenure.Ended);
            }
        }
    }

    /// <returns>How long to wait before the next.</returns>
    public async Task<TimeSpan> Turn(Tenure tenure)
    {
        var pause = chain.Settings.PollInterval.ToTimeSpan();
        try
        {
            if (_lookAgain is not { } again || clock.Now() >= again)
            {
                await chain.Survey.Look(tenure.Ended);
                _lookAgain = clock.Now() + chain.Times.LookAround;
            }

            var isThere = await Advance(tenure);
            chain.State.Trouble = null;
            pause = isThere ? pause : TimeSpan.Zero;
        }
        catch (ChainException fault)
        {
            LogWaits(Name, fault.Message);
            chain.State.Trouble = fault.Message;
            pause = chain.Endpoints.Resting is { } rest ? TimeSpan.FromTicks(Math.Clamp(rest.BclCompatibleTicks, ShortestPause.Ticks, Math.Max(pause.Ticks, AfterFault.Ticks))) : pause;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !tenure.IsOver)
        {
            LogFailed(fault, Name);
            chain.State.Trouble = fault.Message;
            pause = AfterFault;
        }

        await TellTroubles(tenure);
        return pause;
    }

    /// <returns>Whether all that can be read is.</returns>
    private async Task<bool> Advance(Tenure tenure)
    {
        var began = clock.GetTimestamp();
        var cursor = await store.Find<ChainCursor>(Name, tenure.Ended);
        cursor = cursor is null ? null : await TakeBack(cursor, tenure);
        var head = await chain.Client.Head(tenure.Ended);
        chain.State.Sees(head);
        var last = head.Number - chain.Settings.Confirmations;
        cursor ??= ChainCursor.StartingAt(Name, chain.Settings.StartBlock ?? Math.Max(0, last));
        if (cursor.Tip is { } tip)
        {
            chain.State.Read(tip, isNew: false);
            if (last <= tip.Number && await Replaced(cursor, head, tenure.Ended) is { } replaced)
            {
                await TurnBack(cursor, replaced, tenure);
                return false;
            }
        }

        await using var pieces = new ChainPieces(chain.Reader, () => intake.Watched(Name), tenure.Ended);
        await foreach (var piece in pieces.Read(cursor.Next, last, chain.Survey.Settled))
        {
            if (!cursor.Fits(piece[0].Block))
            {
                await TurnBack(cursor, cursor.Tip!, tenure);
                return false;
            }

            cursor = await BringIn(cursor, piece, tenure);
            if (clock.GetElapsedTime(began) > LongTurn)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<ChainCursor> BringIn(ChainCursor cursor, IReadOnlyList<ReadBlock> piece, Tenure tenure)
    {
        var read = piece.Select(block => block.Block).ToList();
        var opening = cursor.Opening(read, [.. piece.Where(block => block.Touching.Count > 0 && block.Block.Number > chain.Survey.Settled).Select(block => block.Block)]);
        if (opening.Open.Except(cursor.Open).Any() || opening.Gone.Count > 0)
        {
            cursor = await Save(opening, tenure);
            cursor = cursor with { Gone = await Retract(cursor, tenure) };
        }

        var now = clock.Now();
        foreach (var (block, touching) in piece)
        {
            if (touching.Count > 0)
            {
                tenure.ThrowIfOver();
                var isOld = ChainCursor.IsOld(block, now);
                await intake.Receive([.. touching.Select(transaction => transaction with { CaughtUp = isOld })], tenure.Ended);
            }

            await intake.Passed(chain.Client, block, tenure.Ended);
        }

        cursor = await Save(cursor.Past(read) with { Settled = Math.Max(cursor.Settled, chain.Survey.Settled) }, tenure);
        chain.State.Read(read[^1], isNew: true);
        Telemetry.ChainBlocks.Add(read.Count, new TagList { { "chain", Name } });
        return cursor;
    }

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
            next = cursor.StartingOver(chain.Survey.Settled + 1);
            LogStartsOver(Name, next.Next);
            if (cursor.Blocks.Count == ChainCursor.Depth)
            {
                await alarm.ChainReplaced(
                    Name,
                    $"All of the last {ChainCursor.Depth} blocks up to {cursor.Tip!.Number} were replaced. They are taken back, and the chain is read again from {next.Next}. What happened before may have changed too.",
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

    private async Task<ChainCursor> Save(ChainCursor cursor, Tenure tenure)
    {
        if (await store.Commit(new Commit().Expect(tenure.Term).Put(cursor), tenure.Ended) == CommitOutcome.Conflict)
        {
            // Somebody else has the lease, whatever this one believes.
            tenure.End();
            throw new OperationCanceledException(tenure.Ended);
        }

        return cursor with { Version = cursor.Version + 1 };
    }

    private async Task TellTroubles(Tenure tenure)
    {
        try
        {
            await _troubles.Tell(tenure.Ended);
        }
        catch (Exception fault) when (!tenure.IsOver)
        {
            LogNotTold(fault, Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Chain} waits: {Why}")]
    private partial void LogWaits(string chain, string why);

    [LoggerMessage(LogLevel.Error, "Following {Chain} failed; it goes on in a moment")]
    private partial void LogFailed(Exception fault, string chain);

    [LoggerMessage(LogLevel.Error, "What is wrong with {Chain} could not be told; it is tried again")]
    private partial void LogNotTold(Exception fault, string chain);

    [LoggerMessage(LogLevel.Information, "{Chain} was reorganised: {Count} blocks after {Ancestor} are taken back")]
    private partial void LogReorganised(string chain, long count, long ancestor);

    [LoggerMessage(LogLevel.Warning, "{Chain} has none of the blocks that were read; it is read again from {Next}")]
    private partial void LogStartsOver(string chain, long next);
}
