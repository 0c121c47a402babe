namespace ChatOps.Core.Contracts.Chains;

/// <summary>
/// Bounds what is kept of a transaction, so that it always can be stored: whoever pays for it can put megabytes into its logs and calldata. What is left out of ours is said by
/// <see cref="ChainCall.Cut"/> at the end of its calls, and then no rule makes it normal.
/// </summary>
public static class KeptTransaction
{
    /// <summary>Calldata that nodes pass on has 128 kB at most; who makes blocks can put in more.</summary>
    internal const int LongestInput = 512 * 1024;

    /// <summary>So many logs of ours are kept, and as many of others.</summary>
    internal const int MostLogs = 1_000;

    /// <summary>So much data all logs of watched contracts together may have.</summary>
    internal const int MostData = 512 * 1024;

    /// <summary>Of what strangers log: a transfer's amount has 32 bytes, and nothing else of it is read.</summary>
    internal const int LongestOfOthers = 128;

    private const int Selector = 4;

    public static TouchingTransaction Of(TouchingTransaction touching, IReadOnlySet<Address> watched)
    {
        var (logs, isWhole) = Logs(touching.Receipt.Logs, watched);
        var input = touching.Transaction.Input;
        return With(touching, input.Length > LongestInput ? input[..LongestInput] : input, logs, touching.Calls, isWhole && input.Length <= LongestInput);
    }

    /// <summary>What is left where even that is too much: who, whom, how much and which function.</summary>
    public static TouchingTransaction Least(TouchingTransaction touching) =>
        With(touching, touching.Transaction.Input[..Math.Min(Selector, touching.Transaction.Input.Length)], [], calls: null, isWhole: false);

    private static TouchingTransaction With(TouchingTransaction touching, ReadOnlyMemory<byte> input, IReadOnlyList<ChainLog> logs, IReadOnlyList<ChainCall>? calls, bool isWhole) => touching with
    {
        Transaction = touching.Transaction with { Input = input },
        Receipt = touching.Receipt with { Logs = logs },
        // The first of the calls is the transaction itself.
        Calls = (calls, isWhole) switch
        {
            (null, true) => null,
            (null, false) => [ChainCall.Cut],
            (_, true) => calls,
            _ => [.. calls.Select(call => call.Depth == 0 && !call.IsCut ? call with { Input = input } : call), ChainCall.Cut],
        },
    };

    private static (IReadOnlyList<ChainLog> Logs, bool IsWhole) Logs(IReadOnlyList<ChainLog> logs, IReadOnlySet<Address> watched)
    {
        var kept = new List<ChainLog>();
        var (ours, others, data, isWhole) = (0, 0, 0, true);
        foreach (var log in logs)
        {
            if (!WatchedAddresses.Touches(log, watched))
            {
                if (++others <= MostLogs)
                {
                    kept.Add(Short(log));
                }
            }
            else if (++ours > MostLogs || (watched.Contains(log.Address) && (data += log.Data.Length) > MostData))
            {
                isWhole = false;
            }
            else
            {
                kept.Add(watched.Contains(log.Address) ? log : Short(log));
            }
        }

        return (kept, isWhole);
    }

    private static ChainLog Short(ChainLog log) => log.Data.Length <= LongestOfOthers ? log : log with { Data = log.Data[..LongestOfOthers] };
}
