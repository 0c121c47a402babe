using ChatOps.Core.Decisions;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>One request while it is handled: it is done once, its answer comes in time or later, and it is noted when it is done.</summary>
/// <param name="Id">The request's id, for its receipt.</param>
/// <param name="Finished">Notes that it is done; null when it was never stored.</param>
/// <param name="Work">Where what takes longer goes on.</param>
/// <param name="Clock">The clock.</param>
internal sealed record SlackHandling(string Id, Func<Task>? Finished, SlackWork Work, TimeProvider Clock)
{
    /// <summary>Does it, and gives what Slack hears: what it came to when that was soon, else <paramref name="meanwhile"/> or nothing, and <paramref name="late"/> tells it afterwards.</summary>
    public async Task<SlackReply> InTime<T>(Func<CancellationToken, Task<T>> act, Func<T, SlackReply> inTime, Func<T, CancellationToken, Task> late, SlackReply? meanwhile = null)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = 0; // 1: in time, 2: it was too late for that
        Work.Go(Id, async cancel =>
        {
            try
            {
                var value = await Do(act, cancel);
                var isLate = Interlocked.CompareExchange(ref answered, 1, 0) == 2;
                result.TrySetResult(value);
                if (isLate)
                {
                    await late(value, cancel);
                }
            }
            catch (Exception fault)
            {
                result.TrySetException(fault);
                throw;
            }

            await Note();
        });
        await Task.WhenAny(result.Task, Task.Delay(SlackDispatcher.Patience, Clock));
        return Interlocked.CompareExchange(ref answered, 2, 0) == 1 ? inTime(await result.Task) : meanwhile ?? SlackReply.Empty;
    }

    /// <summary>Does it behind an empty answer.</summary>
    public SlackReply Behind(Func<CancellationToken, Task> act)
    {
        Work.Go(Id, async cancel =>
        {
            await Do(
                async stop =>
                {
                    await act(stop);
                    return true;
                },
                cancel);
            await Note();
        });
        return SlackReply.Empty;
    }

    private Task<T> Do<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancel) => Finished is null ? act(cancel) : Receipt.For(Id, () => act(cancel));

    private Task Note() => Finished?.Invoke() ?? Task.CompletedTask;
}
