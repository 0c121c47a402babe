using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class NormalCommand(TransactionService transactions, Roles roles) : ICommand
{
    public const string Action = "normal";

    private const string Why = "why";
    private const string Scope = "rule";
    private const int MostWhy = 300;

    public CommandHelp Help { get; } = new("watch normal", "Say that a transaction is normal; without the words a form asks why, and whether the like may pass from now on", Role.Responder)
    {
        Arguments = [WatchWords.Which, new(Why, "why, for those who read it later") { Rest = true }],
        Example = "/watch normal T-5 the yearly move to the new vault, announced by Corey",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => WatchWords.With(
        transactions,
        call,
        async transaction =>
        {
            var why = (call.Form.GetValueOrDefault(Why) ?? call[Why])?.Trim();
            if (string.IsNullOrEmpty(why))
            {
                return transaction.Normal("?", null, call.Actor, transaction.ChangedAt) is Decision<WatchedTransaction>.Refused refused ? Answer.Refuse(refused.Why) : Answer.Open(FormFor(transaction));
            }

            if (why.Length > MostWhy)
            {
                return Wrong(call, Why, $"At most {MostWhy} characters; these are {why.Length}.");
            }

            var scope = call.Form.GetValueOrDefault(Scope) switch { "caller" => RuleScope.Caller, "anybody" => RuleScope.Anybody, _ => RuleScope.Once };
            if (scope != RuleScope.Once && !await roles.Has(call.By.Person, Role.Admin, cancel))
            {
                return Wrong(call, Scope, $"A rule holds for everybody. {roles.Refusal(Role.Admin, call.By.Person)} Choose \"only this once\".");
            }

            return await transactions.Normal(transaction.Id, why, scope, call.Actor, cancel) switch
            {
                Decision<WatchedTransaction>.Refused refused when scope != RuleScope.Once && call.Means == Means.Form => Answer.Wrong(Scope, refused.Why.PlainText()),
                var decision => WatchWords.Tell(decision, next => Markup.Of($"{next.Id} is normal{(scope == RuleScope.Once ? Markup.Empty : Markup.Of($", and a rule lets the like pass from now on; `/watch rule` shows it"))}.")),
            };
        },
        cancel);

    private Form FormFor(WatchedTransaction transaction)
    {
        var deciding = transaction.Judgement.Deciding;
        List<Choice> scopes = [new("once", "Nothing else: only this once")];
        if (deciding is { Name: not null, Like: not null })
        {
            scopes.Add(new("caller", $"{deciding.Words}: the same from the same caller, amounts up to this"));
            scopes.Add(new("anybody", $"{deciding.What} on {deciding.Label}: the same by anybody, amounts up to this"));
        }

        return new(Help.Words, transaction.Id, 0, $"{transaction.Id} is normal",
        [
            new(Why, "Why is it normal?", FieldKind.Multiline, Required: true) { Hint = "Who meant to do it, and where that is written." },
            new(Scope, "What may pass from now on?", FieldKind.Select, Required: true) { Value = "once", Options = scopes, Hint = "A rule is for admins. It asks for the same addresses and arguments. What cannot be read for certain never passes." },
        ], "Normal");
    }

    private static Answer Wrong(Invocation call, string field, string why) => call.Means == Means.Form ? Answer.Wrong(field, why) : Answer.Refuse(Markup.Plain(why));
}
