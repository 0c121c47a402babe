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
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>After so long a turn ends, even when there is more: to look at the endpoints and at the head again.</summary>
    private static readonly TimeSpan LongTurn = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenCommits = TimeSpan.FromSeconds(1);

    private readonly ChainTroubles _troubles = new(chain.Settings, chain.Endpoints, chain.Survey, chain.Second, chain.State, alarm, chain.Times);
    private Instant? _lookAgain;

    // When all that there was had been read: what comes soon after it is new, whatever its date says.
    private Instant? _wasThere;

    // Further than what is stored.
    private ChainCursor? _unsaved;

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
                await LookAgain(tenure);
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
        _unsaved = null;
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

        return await ReadOn(cursor, last, tenure);
    }

    private async Task<bool> ReadOn(ChainCursor cursor, long last, Tenure tenure)
    {
        var (began, savedAt, isNew) = (clock.GetTimestamp(), clock.GetTimestamp(), false);
        await using var pieces = new ChainPieces(chain.Reader, () => intake.Watched(Name), tenure.Ended);
        try
        {
            await foreach (var piece in pieces.Read(cursor.Next, last, chain.Survey.Settled))
            {
                if (!cursor.Fits(piece[0].Block))
                {
                    await TurnBack(cursor, cursor.Tip!, tenure);
                    return false;
                }

                cursor = _unsaved = await BringIn(cursor, piece, tenure);
                isNew = true;
                // What is settled comes in quickly and cannot change: not each piece is worth a commit.
                if (cursor.Next > chain.Survey.Settled || clock.GetElapsedTime(savedAt) > BetweenCommits)
                {
                    (cursor, savedAt) = (await Save(cursor, tenure), clock.GetTimestamp());
                }

                if (clock.GetElapsedTime(began) > LongTurn)
                {
                    return false;
                }
            }

            _wasThere = isNew || _wasThere is null ? clock.Now() : _wasThere;
            return true;
        }
        finally
        {
            // Also when the next piece could not be had: or else a chain that gives one piece at a time would never be read.
            if (_unsaved is { } left && !tenure.IsOver)
            {
                await Save(left, tenure);
            }
        }
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
        // What happened long ago is stored with one commit for the piece; of what is new each block is told, and probed, before the next.
        foreach (var blocks in ChainCursor.IsOld(read[^1], now, _wasThere) ? [piece] : piece.Select(block => (IReadOnlyList<ReadBlock>)[block]))
        {
            List<TouchingTransaction> touching = [.. blocks.SelectMany(block => block.Touching.Select(transaction => transaction with { CaughtUp = ChainCursor.IsOld(block.Block, now, _wasThere) }))];
            if (touching.Count > 0)
            {
                tenure.ThrowIfOver();
                await intake.Receive(touching, tenure.Ended);
            }

            foreach (var block in blocks)
            {
                await intake.Passed(chain.Client, block.Block, tenure.Ended);
            }
        }

        chain.Second.Remember(piece.Where(block => block.Block.Number > chain.Survey.Settled));
        chain.State.Read(read[^1], isNew: true);
        Telemetry.ChainBlocks.Add(read.Count, new TagList { { "chain", Name } });
        return cursor.Past(read).Settling(chain.Survey.Settled);
    }

    /// <summary>What another endpoint shows in the newest blocks and the one that they were read from had left out.</summary>
    private async Task LookAgain(Tenure tenure)
    {
        if (await store.Find<ChainCursor>(Name, tenure.Ended) is { Gone.Count: 0 } cursor && await chain.Second.Look(cursor.Blocks, tenure.Ended) is { Count: > 0 } missed)
        {
            tenure.ThrowIfOver();
            await intake.Receive(missed, tenure.Ended);
        }
    }

    private async Task<ChainCursor> Save(ChainCursor cursor, Tenure tenure)
    {
        _unsaved = null;
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
}
