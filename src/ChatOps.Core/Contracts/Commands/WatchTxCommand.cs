using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchTxCommand(TransactionService transactions, TransactionCards cards, WatchSettings settings) : ICommand
{
    private const string Which = "tx";
    private const int Most = 20;

    public CommandHelp Help { get; } = new("watch tx", "A transaction with its buttons, by T-5 or by its hash; without either those that wait for a judgement, and the newest", Role.Everyone)
    {
        Reads = true,
        Arguments = [new(Which, "T-5, or a hash")],
        Example = "/watch tx T-5",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (call[Which] is { } text)
        {
            return await transactions.Named(text, settings, cancel) is { } transaction
                ? Answer.Show(await cards.Card(transaction, cancel) with { Context = Markup.Join("\n", transaction.Words.Skip(12).Take(60).Select(Markup.Plain)) })
                : Answer.Refuse(Markup.Of($"I have seen no transaction \"{text}\". They are called T-5, or by their hash: 0x and 64 digits."));
        }

        var waiting = await transactions.Waiting(Most, cancel);
        var newest = await transactions.Newest(Most, cancel);
        return newest.Count == 0
            ? Answer.Say(Markup.Plain(settings.NothingWords ?? "No transaction of anything watched has been seen yet."))
            : Answer.Show(new Card(waiting.Count == 0 ? "No transaction waits for a judgement" : $"{waiting.Count}{(waiting.Count == Most ? " or more" : "")} {(waiting.Count == 1 ? "waits" : "wait")} for a judgement", CardState.Info)
            {
                Text = Markup.Lines([.. waiting.Select(TransactionCard.Line), Markup.Of($"**The newest**"), .. newest.Take(10).Select(TransactionCard.Line)]),
            });
    }
}
