using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

/// <summary>What the rules, with another one in front, would say of a transaction. Nothing is changed by it.</summary>
internal sealed class WatchRuleTestCommand(TransactionService transactions, TransactionReader reader, TransactionJudge judge, RuleBook book, WatchList list, WatchSettings settings) : ICommand
{
    private const string Which = "tx";
    private const string Words = "rule";

    public CommandHelp Help { get; } = new("watch rule test", "What the rules say of a transaction, part by part; with a rule behind it, as if that were asked first", Role.Everyone)
    {
        Reads = true,
        Arguments = [new(Which, "T-5, or a hash, also of one that was never seen here") { Required = true }, new(Words, "a rule's name, or key=value with semicolons between") { Rest = true }],
        Example = "/watch rule test T-5 Function=transfer; From=R&D Multisig; Verdict=normal",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var watched = await list.Read(cancel);
        var touching = (await transactions.Named(call[Which]!, settings, cancel))?.Seen;
        if (touching is null && Word.TryParse(call[Which], out var hash))
        {
            foreach (var client in settings.Chains.Select(chain => reader.Client(chain.Name)).OfType<Chains.IChainClient>())
            {
                touching ??= await client.Transaction(hash, cancel);
            }
        }

        if (touching is null)
        {
            return Answer.Refuse(Markup.Of($"I know no transaction \"{call[Which]}\". They are called T-5, or by their hash: 0x and 64 digits."));
        }

        var rules = await book.Read(cancel);
        var (rule, fault) = RuleText.Meant(call[Words], rules);
        if (fault is not null)
        {
            return Answer.Refuse(Markup.Plain(fault));
        }

        if (await judge.Again(touching, rule is null ? rules : [rule, .. rules], watched, cancel, online: true) is not { } judged)
        {
            return Answer.Refuse(Markup.Of($"There is nothing to judge in {call[Which]}: nothing it touches is watched. `/watch list` shows what is."));
        }

        return Answer.Show(new Card($"{judged.Deciding.Verdict.Kind}: {judged.Deciding.What} on {judged.Deciding.Label}", CardState.Info)
        {
            Text = Markup.Lines(
            [
                Markup.Of($"`{touching.Transaction.Hash}`{(touching.Receipt.Succeeded ? "" : " failed")}"),
                .. judged.Parts.Take(30).Select(part => Markup.Of($"• {part.What} on {part.Label}: {part.Verdict.Kind.ToString().ToLowerInvariant()}{(part.Verdict.Kind == VerdictKind.Abnormal ? $", {part.Verdict.Severity.ToString().ToLowerInvariant()}" : "")}. {part.Verdict.Why} {(part.Verdict.Rule is { } by ? $"(rule \"{by}\")" : "(no rule)")}")),
                .. judged.Parts.Count > 30 ? [Markup.Of($"• and {judged.Parts.Count - 30} more parts")] : Array.Empty<Markup>(),
                rule is null || judged.Parts.Any(part => part.Verdict.Rule == rule.Name) ? Markup.Empty : Markup.Of($"The rule matches nothing of it: {RuleWords.Of(rule)}."),
            ]),
        });
    }
}
