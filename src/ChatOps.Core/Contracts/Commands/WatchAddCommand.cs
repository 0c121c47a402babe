using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchAddCommand(WatchService watching, WatchList list, WatchSettings settings) : ICommand
{
    private const string AddressWord = "address";
    private const string Label = "label";

    public CommandHelp Help { get; } = new("watch add", "Watch an address: each of its transactions is judged from then on", Role.Admin)
    {
        Arguments = [new(AddressWord, "0x and 40 digits") { Required = true }, new(Label, "what people call it; in quotes where it has blanks")],
        Options =
        [
            new("--kind", $"{string.Join(", ", Enum.GetNames<ContractKind>())}; Contract unless said") { Value = "KIND" },
            new("--chain", "a chain of the settings; may be left out where there is one") { Value = "CHAIN" },
            new("--criticality", "low, medium, high or critical; medium unless said") { Value = "WORD" },
            new("--escalation", "the address of the document that says what to do") { Value = "URL" },
        ],
        Example = "/watch add 0xA646E29877d52B9e2De457ECa09C724fF16D0a2B \"R&D Multisig\" --kind MultiSig --criticality critical",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (settings.Chains.Count == 0)
        {
            return Answer.Refuse(Markup.Plain(settings.NothingWords));
        }

        var (thing, fault) = Read(call);
        if (thing is null)
        {
            return Answer.Refuse(Markup.Plain(fault));
        }

        var (added, leftOut) = await watching.Add([thing], call.Actor, cancel);
        return added.Count > 0
            ? Answer.Say(Markup.Of($"{thing.Label} ({thing.Address}) is watched on {thing.Chain} from now on, as {thing.Kind}, {thing.Criticality.ToString().ToLowerInvariant()}. Its state is read with the next block."))
            : Answer.Refuse(list.Now.Find(thing.Chain, thing.Address) is not null
                ? Markup.Of($"{thing.Address} is watched on {thing.Chain} already. Remove it first to change it: `/watch remove {thing.Address}`.")
                : Markup.Of($"{(leftOut.Count > 0 ? leftOut[0] : $"Somebody changed {thing.Address} just now")}. Give it another label: rules and people mean one address by it."));
    }

    private (WatchedThing? Thing, string? Fault) Read(Invocation call)
    {
        if (!Address.TryParse(call[AddressWord], out var address))
        {
            return (null, $"{Address.Fault(call[AddressWord])}.");
        }

        var chain = call["--chain"] is { } name ? settings.Chain(name) : settings.Chains is [var only] ? only : null;
        if (chain is null)
        {
            return (null, $"{(call["--chain"] is { } wrong ? $"There is no chain \"{wrong}\"" : "On which chain? Say it with --chain")}; {WatchSettings.Names(settings.Chains)}.");
        }

        if (!Word<ContractKind>(call["--kind"], ContractKind.Contract, out var kind) || !Word<Criticality>(call["--criticality"], Criticality.Medium, out var criticality))
        {
            return (null, $"A kind is one of {string.Join(", ", Enum.GetNames<ContractKind>())}; a criticality one of {string.Join(", ", Enum.GetNames<Criticality>()).ToLowerInvariant()}.");
        }

        var escalation = call["--escalation"];
        if (escalation is not null && !(Uri.TryCreate(escalation, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            return (null, $"\"{escalation}\" is not the address of a document: write it as https://…");
        }

        var label = call[Label]?.Trim() is { Length: > 0 } said ? said : address.ToString();
        return WatchService.LabelFault(label) is { } fault ? (null, fault)
            : (new(chain.Name, address, label, kind) { Criticality = criticality, Escalation = escalation, Origin = "@" + call.By.Person.Id }, null);
    }

    private static bool Word<T>(string? text, T otherwise, out T value)
        where T : struct, Enum
    {
        value = otherwise;
        return text is null || (!char.IsAsciiDigit(text[0]) && Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value));
    }
}
