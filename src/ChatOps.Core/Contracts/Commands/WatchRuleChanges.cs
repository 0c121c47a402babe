using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchRuleAddCommand(IStore store, Decider decider, RuleBook book, WatchList list, WatchSettings settings, TimeProvider clock) : ICommand
{
    private const string Words = "rule";

    public CommandHelp Help { get; } = new("watch rule add", "Make a rule; it is asked after those of the settings and before the shipped ones", Role.Admin)
    {
        Arguments = [new(Words, "key=value with semicolons between; the keys are those of Contracts:Rules") { Required = true, Rest = true }],
        Example = "/watch rule add Name=small payouts; Watch=SNT; Function=transfer; From=R&D Multisig; Args:amount:max=1000 SNT; Verdict=normal; Why=monthly payouts",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var (words, fault) = RuleText.Split(call[Words] ?? "");
        if (words is null)
        {
            return Answer.Refuse(Markup.Plain(fault));
        }

        var (rule, faults) = RuleText.Read(words, "@" + call.By.Person.Id, words.GetValueOrDefault("Name") ?? "");
        if (rule is null || rule.Name.Length == 0)
        {
            return Answer.Refuse(Markup.Lines([.. faults.Select(each => Markup.Of($"{each.Key}: {each.What}.")), .. rule is { Name.Length: 0 } ? [Markup.Of($"Name: give it one, so that a card can say which rule it was.")] : Array.Empty<Markup>()]));
        }

        if (RuleNames.Faults(rule, await list.Read(cancel), settings).ToList() is { Count: > 0 } wrong)
        {
            return Answer.Refuse(Markup.Lines(wrong.Select(each => Markup.Plain($"{each.Key}: {each.What}{(each.What.EndsWith('?') ? "" : ".")}"))));
        }

        if ((await book.Read(cancel, anew: true)).Any(other => string.Equals(other.Name, rule.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return Answer.Refuse(Markup.Of($"There is a rule \"{rule.Name}\" already: `/watch rule --all`."));
        }

        var stored = await store.Find<ChatRule>(rule.Name.ToLowerInvariant(), cancel);
        if (!await decider.Store([new ChatRule(rule.Name.ToLowerInvariant(), words, call.By.Person.Id, clock.Now()) { Version = stored?.Version ?? 0 }], cancel))
        {
            return Answer.Refuse(Markup.Of($"Somebody has just made a rule \"{rule.Name}\": `/watch rule` shows it."));
        }

        await book.Read(cancel, anew: true);
        return Answer.Say(Markup.Of($"Rule \"{rule.Name}\" is made: {rule.Verdict.ToString().ToLowerInvariant()}, {RuleWords.Of(rule)}. What was judged before stays as it is."));
    }
}

internal sealed class WatchRuleRemoveCommand(IStore store, RuleBook book) : ICommand
{
    private const string Name = "name";

    public CommandHelp Help { get; } = new("watch rule remove", "Take back a rule that was made in chat", Role.Admin)
    {
        Arguments = [new(Name, "its name") { Required = true, Rest = true }],
        Example = "/watch rule remove small payouts",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (await store.Find<ChatRule>((call[Name] ?? "").Trim().Trim('"').ToLowerInvariant(), cancel) is not { } rule)
        {
            return Answer.Refuse(Markup.Of($"No rule \"{call[Name]}\" was made in chat. Those of the settings are changed there; `/watch rule` shows all."));
        }

        await store.Commit(new Commit().Delete(rule), cancel);
        await book.Read(cancel, anew: true);
        return Answer.Say(Markup.Of($"Rule \"{rule.Name}\" is gone: what it let pass is judged by the others from now on."));
    }
}
