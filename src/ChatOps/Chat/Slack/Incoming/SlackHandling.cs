using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Decisions;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>One request while it is handled: it is done once, its answer comes in time or later, and it is noted when it is done.</summary>
/// <param name="Id">The request's id, for its receipt.</param>
/// <param name="Finished">Notes that it is done; null when it was never stored.</param>
/// <param name="Work">Where what takes longer goes on.</param>
/// <param name="Deadline">Until when Slack has to hear something.</param>
internal sealed record SlackHandling(string Id, Func<Task>? Finished, SlackWork Work, SlackDeadline Deadline)
{
    private const int Open = 0;
    private const int InBody = 1;
    private const int TooLate = 2;

    /// <summary>It is taken up again: nobody waits for the answer any more, so it has to follow.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Forgets that it ever came, so that the same may be sent again.</summary>
    public Func<Task>? Undone { get; init; }

    /// <summary>Does it, and gives what Slack hears: what it came to when that was soon, else <paramref name="meanwhile"/> or nothing, and <paramref name="late"/> tells it afterwards.</summary>
    /// <param name="act">What is done.</param>
    /// <param name="inTime">What it came to, for Slack's ears.</param>
    /// <param name="late">Tells what it came to.</param>
    /// <param name="meanwhile">What is said while it goes on.</param>
    /// <param name="isMistake">Nothing was done, because what was sent is wrong: before anybody hears so it is forgotten, because the same may be right the next time.</param>
    public async Task<SlackReply> InTime<T>(
        Func<CancellationToken, Task<T>> act, Func<T, SlackReply> inTime, Func<T, CancellationToken, Task> late, SlackReply? meanwhile = null, Func<T, bool>? isMistake = null)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = IsResumed ? TooLate : Open;
        Action<string, Func<CancellationToken, Task>> go = Finished is null ? Work.Begin : Work.Go;
        go(Id, async cancel =>
        {
            var wasMistake = false;
            try
            {
                var value = await Do(act, cancel);
                if (isMistake?.Invoke(value) == true && Undone is { } undo)
                {
                    wasMistake = true;
                    await undo();
                }

                var isLate = Interlocked.CompareExchange(ref answered, InBody, Open) == TooLate;
                result.TrySetResult(value);
                if (isLate)
                {
                    await Told(late(value, cancel));
                }
            }
            catch (AlreadyDoneException)
            {
                result.TrySetCanceled(CancellationToken.None);
            }
            catch (Exception fault)
            {
                result.TrySetException(fault);
                throw;
            }

            await (wasMistake ? Task.CompletedTask : Note());
        });
        if (IsResumed)
        {
            return SlackReply.Empty;
        }

        try
        {
            return inTime(await Deadline.Wait(result.Task));
        }
        catch (TimeoutException) when (Interlocked.CompareExchange(ref answered, TooLate, Open) == Open)
        {
            return meanwhile ?? SlackReply.Empty;
        }
        catch (TimeoutException)
        {
            // It came in that very moment.
            return inTime(await result.Task);
        }
        catch (OperationCanceledException)
        {
            return SlackReply.Empty;
        }
    }

    /// <summary>Does it behind an empty answer.</summary>
    /// <param name="act">What is done.</param>
    /// <param name="isTelling">
    /// All that it asks of Slack is to take words about what is done by then. False: without Slack's answer it is not done, and what was stored is taken up again.
    /// </param>
    public SlackReply Behind(Func<CancellationToken, Task> act, bool isTelling = true)
    {
        Work.Go(Id, async cancel =>
        {
            try
            {
                await Do(
                    async stop =>
                    {
                        await (isTelling ? Told(act(stop)) : act(stop));
                        return true;
                    },
                    cancel);
            }
            catch (SlackException fault)
            {
                Work.NotDone(Id, fault);
                return;
            }
            catch (AlreadyDoneException)
            {
                // By another process, which has told it too.
            }

            await Note();
        });
        return SlackReply.Empty;
    }

    /// <summary>What was done is done, though Slack does not take the words about it.</summary>
    private async Task Told(Task telling)
    {
        try
        {
            await telling;
        }
        catch (SlackException fault)
        {
            Work.NotTold(Id, fault);
        }
    }

    private Task<T> Do<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancel) => Finished is null ? act(cancel) : Receipt.For(Id, () => act(cancel));

    private Task Note() => Finished?.Invoke() ?? Task.CompletedTask;
}
