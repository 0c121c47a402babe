using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchRuleCommand(RuleBook book) : ICommand
{
    public CommandHelp Help { get; } = new("watch rule", "The rules that say what is normal, in the order in which they are asked", Role.Everyone)
    {
        Reads = true,
        Options = [new("--all", "the shipped ones too") { Flag = true }],
        Example = "/watch rule --all",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var rules = await book.Read(cancel);
        var shown = rules.Where(rule => call.Has("--all") || rule.Origin != Rule.ShippedOrigin).ToList();
        var left = rules.Count - shown.Count;
        return Answer.Show(new Card(shown.Count == 0 ? "No rule of your own" : $"{shown.Count} {(shown.Count == 1 ? "rule" : "rules")}", CardState.Info)
        {
            Text = Markup.Lines(
            [
                .. shown.Select((rule, i) => Markup.Of($"{i + 1}. **{rule.Name}** {rule.Verdict.ToString().ToLowerInvariant()}: {RuleWords.Of(rule)}{(rule.Why.Length > 0 ? $" — {rule.Why}" : "")} (from {rule.Origin})")),
                Markup.Of($"What no rule matches is abnormal."),
            ]),
            Context = left > 0 ? Markup.Of($"{left} shipped ones come last: `/watch rule --all`. `/watch rule test` says what one would have said.") : Markup.Of($"`/watch rule test` says what a rule would have said."),
        });
    }
}
