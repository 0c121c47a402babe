using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

/// <summary>Two forms: the first takes the list, the second shows what was understood of it and saves.</summary>
internal sealed class WatchImportCommand(WatchService watching, WatchList list, WatchSettings settings) : ICommand
{
    private const string Csv = "csv";
    private const string Found = "found";
    private const string LeftOut = "left-out";
    private const string Chain = "chain";
    private const string Kind = "kind";
    private const string Criticality = "criticality";
    private const int Most = 3000;
    private const int MostLines = 10;

    public CommandHelp Help { get; } = new("watch import", "Watch the addresses of a list, Etherscan's watch list for example; shows what it understood before it saves", Role.Admin)
    {
        Arguments = [new(Csv, "the lines, if they are short; without them a form asks") { Rest = true }],
        Example = "/watch import 0xA646E29877d52B9e2De457ECa09C724fF16D0a2B",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (settings.Chains.Count == 0)
        {
            return Answer.Refuse(Markup.Plain(settings.NothingWords));
        }

        var text = call.Form.GetValueOrDefault(Found) ?? call.Form.GetValueOrDefault(Csv) ?? call[Csv];
        if (string.IsNullOrWhiteSpace(text))
        {
            return Answer.Open(new Form(Help.Words, "", 0, "Import a watch list",
                [new(Csv, "The list", FieldKind.Multiline, Required: true) { Hint = $"A CSV with a column of addresses, at most {Most} characters. Columns called name, tag, note or description are taken too." }], "Read it"));
        }

        var reading = WatchImport.Read(text);
        if (reading.Rows.Count == 0 || text.Length > Most * 2)
        {
            var why = reading.Rows.Count == 0 ? reading.Words : $"At most {Most} characters at once; these are {text.Length}.";
            return call.Means == Means.Form ? Answer.Wrong(call.Form.ContainsKey(Found) ? Found : Csv, why) : Answer.Refuse(Markup.Plain(why));
        }

        return call.Form.ContainsKey(Found) ? await Save(call, reading, cancel) : Answer.Open(Confirm(reading));
    }

    private Form Confirm(ImportReading reading)
    {
        var known = reading.Rows.Count(row => settings.Chains.Any(chain => list.Now.Find(chain.Name, row.Address) is not null));
        var lines = string.Join('\n', reading.Rows.Select(row => $"{row.Address},{Quoted(row.Label ?? "")},{Quoted(row.Note ?? "")}").Prepend("address,label,note"));
        return new(Help.Words, "", 0, "Is this right?",
        [
            new(Found, $"{reading.Rows.Count} {(reading.Rows.Count == 1 ? "address" : "addresses")}", FieldKind.Multiline, Required: true)
            {
                Value = lines,
                Hint = Cut($"{reading.Words}{(known > 0 ? $" {known} {(known == 1 ? "is watched already and stays as it is" : "are watched already and stay as they are")}." : "")} Mend it here before you save.", 140),
            },
            .. reading.Faults.Count > 0 ? [new FormField(LeftOut, $"Left out ({reading.Faults.Count})", FieldKind.Multiline) { Value = string.Join('\n', Lines(reading.Faults)), Hint = "For you to read. Mend them above if they are to be watched." }] : Array.Empty<FormField>(),
            new(Chain, "Chain", FieldKind.Select, Required: true) { Value = settings.Chains[0].Name, Options = [.. settings.Chains.Select(chain => new Choice(chain.Name, chain.Name))] },
            new(Kind, "What they are", FieldKind.Select, Required: true) { Value = nameof(ContractKind.Account), Options = [.. Enum.GetNames<ContractKind>().Select(name => new Choice(name, name))] },
            new(Criticality, "How much depends on them", FieldKind.Select, Required: true) { Value = "medium", Options = [.. Enum.GetNames<Watching.Criticality>().Select(name => new Choice(name.ToLowerInvariant(), name.ToLowerInvariant()))] },
        ], "Watch them");
    }

    private async Task<Answer> Save(Invocation call, ImportReading reading, CancellationToken cancel)
    {
        if (settings.Chain(call.Form.GetValueOrDefault(Chain) ?? "") is not { } chain)
        {
            return Answer.Wrong(Chain, $"It is one of {string.Join(", ", settings.Chains.Select(each => each.Name))}.");
        }

        if (!Enum.TryParse<ContractKind>(call.Form.GetValueOrDefault(Kind), ignoreCase: true, out var kind) || !Enum.TryParse<Watching.Criticality>(call.Form.GetValueOrDefault(Criticality), ignoreCase: true, out var criticality))
        {
            return Answer.Wrong(Kind, $"It is one of {string.Join(", ", Enum.GetNames<ContractKind>())}.");
        }

        var things = reading.Rows.Select(row => new WatchedThing(chain.Name, row.Address, row.Label ?? row.Address.ToString(), kind) { Purpose = row.Note, Criticality = criticality, Origin = "@" + call.By.Person.Id }).ToList();
        var (added, leftOut) = await watching.Add(things, call.Actor, cancel);
        return Answer.Say(Markup.Lines(
        [
            Markup.Of($"{added.Count} {(added.Count == 1 ? "address is" : "addresses are")} watched on {chain.Name} from now on. `/watch list` shows {(added.Count == 1 ? "it" : "them")}."),
            .. leftOut.Count > 0 ? [Markup.Of($"Left out:"), .. Lines(leftOut).Select(Markup.Plain)] : Array.Empty<Markup>(),
        ]));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> faults) => faults.Count <= MostLines ? faults : [.. faults.Take(MostLines), $"and {faults.Count - MostLines} more"];

    private static string Quoted(string cell) => cell.Any(c => c is ',' or '"' or ';' or '\n' or '\t') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
