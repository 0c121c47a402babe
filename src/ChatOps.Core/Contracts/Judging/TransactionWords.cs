using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>A transaction in words: what was asked for, then what it brought about that is not normal.</summary>
internal static class TransactionWords
{
    private const int MostLines = 60;

    public static IReadOnlyList<string> Of(TransactionReading reading, Judgement judgement, IContractNames names)
    {
        var words = new CallWords(names);
        var notable = judgement.Parts.Where(part => part.IsEvent && part.Verdict.Kind != VerdictKind.Normal).Select(part => part.Name).ToHashSet();
        var asked = reading.Call.All.ToList();
        return
        [
            .. Lines(words, reading.Call, [.. judgement.Parts.Where(part => !part.IsEvent && part.Verdict.Kind != VerdictKind.Normal).Select(part => part.Name).OfType<string>()]),
            .. reading.Inside.Where(inside => !asked.Exists(inside.IsOf)).Take(10).Select(inside => $"inside: {words.Of(inside.From)} calls {words.Of(inside.Call)}"),
            .. reading.Events.Where(said => notable.Contains(said.Event)).Take(10).Select(said => $"event: {words.Of(said)}"),
        ];
    }

    /// <summary>A batch is a line for each call, so that none hides behind the length of another; what is not normal stands before the rest.</summary>
    private static IEnumerable<string> Lines(CallWords words, DecodedCall call, HashSet<string> notable)
    {
        var batch = call.All.FirstOrDefault(each => each.Inner.Count > 1);
        return batch is null ? [words.Of(call)]
            : batch.Inner.Index().OrderByDescending(each => each.Item.All.Any(inner => notable.Contains(inner.Function ?? inner.Selector ?? ""))).Take(MostLines).Select(each => $"{each.Index + 1}. {words.Of(each.Item)}")
                .Prepend($"{words.Of(call, 120)}").Take(MostLines);
    }
}
