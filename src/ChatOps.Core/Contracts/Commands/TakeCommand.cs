using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class TakeCommand(TransactionService transactions) : ICommand
{
    public const string Action = "take";

    public CommandHelp Help { get; } = new("watch take", "Look into a transaction: it is yours, and nobody else is told of it", Role.Responder)
    {
        Arguments = [WatchWords.Which],
        Example = "/watch take T-5",
        ActionId = Action,
        ActionOn = WatchedTransaction.Series,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => WatchWords.With(
        transactions,
        call,
        async transaction => await transactions.Take(transaction.Id, call.Actor, cancel) is (var words, var refused) && refused ? Answer.Refuse(words) : Answer.Say(words),
        cancel);
}
