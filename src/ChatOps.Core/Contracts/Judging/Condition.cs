using System.Numerics;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What a value has to be. All that is set has to hold; of a list each element.</summary>
/// <param name="In">One of these; empty: anything.</param>
/// <param name="NotIn">None of these.</param>
/// <param name="Min">At least.</param>
/// <param name="Max">At most.</param>
public sealed record Condition(IReadOnlyList<Operand> In, IReadOnlyList<Operand> NotIn, Amount? Min, Amount? Max)
{
    internal bool Holds(AbiValue value, string chain, Watched watched) => value switch
    {
        AbiValue.List list => list.Values.All(each => Holds(each, chain, watched)),
        AbiValue.Number number => (Min is null || number.Value >= Min.Units) && (Max is null || number.Value <= Max.Units) && Among(value, chain, watched),
        _ => Min is null && Max is null && Among(value, chain, watched),
    };

    internal bool Holds(BigInteger number, string chain, Watched watched) => Holds(new AbiValue.Number(number), chain, watched);

    internal bool Holds(Address address, string chain, Watched watched) => Holds(new AbiValue.Account(address), chain, watched);

    private bool Among(AbiValue value, string chain, Watched watched) =>
        (In.Count == 0 || In.Any(operand => operand.Is(value, chain, watched))) && !NotIn.Any(operand => operand.Is(value, chain, watched));

    /// <summary>Reads the words behind equals, in, not, min and max; says what is wrong with them.</summary>
    internal static Condition Read(IReadOnlyDictionary<string, string> words, Action<string, string> fault)
    {
        List<Operand> among = [];
        List<Operand> apart = [];
        Amount? min = null;
        Amount? max = null;
        foreach (var (key, text) in words)
        {
            switch (key.ToLowerInvariant())
            {
                case "" or "equals" or "in":
                    Operand.Read(text, among, apart);
                    break;
                case "not":
                    Operand.Read(text, apart, among);
                    break;
                case "min":
                    min = Number(key, text);
                    break;
                case "max":
                    max = Number(key, text);
                    break;
                default:
                    fault(key, "there is no such comparison; there are equals, in, not, min, max");
                    break;
            }
        }

        if (min is not null && max is not null && min.Units > max.Units)
        {
            fault("min", $"{min} is more than {max}, so nothing can match");
        }

        return new(among, apart, min, max);

        Amount? Number(string key, string text)
        {
            var number = Amount.Read(text);
            if (number is null)
            {
                fault(key, $"\"{text}\" is not a number: write it as 100 SNT or 1.5 ETH (units: {string.Join(", ", Amount.Symbols)}), or bare in the smallest unit");
            }

            return number;
        }
    }
}

/// <summary>One thing that a value is compared with: an address, a label, "watched", kind:Safe, a number, true, a text, bytes.</summary>
public sealed record Operand(string Text)
{
    private const string WatchedWord = "watched";
    private const string Kind = "kind:";

    /// <summary>A word that stands for several: "watched", kind:Safe, 0x0 for nobody.</summary>
    internal bool IsWord =>
        string.Equals(Text, WatchedWord, StringComparison.OrdinalIgnoreCase) || Text.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) || string.Equals(Text, "0x0", StringComparison.OrdinalIgnoreCase);

    /// <summary>Commas between several; "not" before one turns it around.</summary>
    internal static void Read(string text, List<Operand> among, List<Operand> apart)
    {
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("not ", StringComparison.OrdinalIgnoreCase))
            {
                apart.Add(new(Quotes.Off(word[4..])));
            }
            else if (word != "*")
            {
                among.Add(new(Quotes.Off(word)));
            }
        }
    }

    internal bool Is(AbiValue value, string chain, Watched watched) => value switch
    {
        AbiValue.Account account => IsAccount(account.Value, chain, watched),
        AbiValue.Number number => Amount.Read(Text) is { } amount && amount.Units == number.Value,
        AbiValue.Truth truth => string.Equals(Text, truth.Value ? "true" : "false", StringComparison.OrdinalIgnoreCase),
        AbiValue.Bytes bytes => string.Equals(Text, "0x" + Convert.ToHexStringLower(bytes.Value.Span), StringComparison.OrdinalIgnoreCase),
        AbiValue.Text text => text.Value == Text,
        _ => false,
    };

    private bool IsAccount(Address address, string chain, Watched watched) =>
        string.Equals(Text, WatchedWord, StringComparison.OrdinalIgnoreCase) ? watched.Find(chain, address) is not null
        : Text.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) ? watched.Find(chain, address) is { } thing && string.Equals(Text[Kind.Length..], thing.Kind.ToString(), StringComparison.OrdinalIgnoreCase)
        : string.Equals(Text, "0x0", StringComparison.OrdinalIgnoreCase) ? address.IsZero
        : Address.TryParse(Text, out var named) ? named == address
        : string.Equals(watched.Find(chain, address)?.Label, Text, StringComparison.OrdinalIgnoreCase);
}
