using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class AbnormalCommand(TransactionService transactions) : ICommand
{
    public const string Action = "abnormal";

    private const string Why = "why";
    private const int MostWhy = 300;

    public CommandHelp Help { get; } = new("watch abnormal", "Say that a transaction is abnormal: the next people are told at once", Role.Responder)
    {
        Arguments = [WatchWords.Which, new(Why, "what is wrong with it") { Rest = true }],
        Example = "/watch abnormal T-5 nobody knows of this transfer",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => WatchWords.With(
        transactions,
        call,
        async transaction => call[Why] is { Length: > MostWhy } words
            ? Answer.Refuse(Markup.Of($"At most {MostWhy} characters; these are {words.Length}."))
            : WatchWords.Tell(await transactions.Abnormal(transaction.Id, call[Why], call.Actor, cancel), next => Markup.Of($"{next.Id} is abnormal, and the next people are told. Press Take if you look into it, Declare incident if harm is done.")),
        cancel);
}
