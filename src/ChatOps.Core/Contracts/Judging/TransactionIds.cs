using ChatOps.Core.Chat.Commands;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>The ids of transactions as people write them: T-5, t5, 5.</summary>
internal static class TransactionIds
{
    public static string? Read(string text) => SubjectId.Read(text, WatchedTransaction.Series);
}
