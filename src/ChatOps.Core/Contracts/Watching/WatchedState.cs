using System.Numerics;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>What was last read of a watched thing's state.</summary>
/// <param name="Id">Chain and address.</param>
/// <param name="Block">The height of the block at which it was read.</param>
/// <param name="At">That block's time.</param>
/// <param name="Values">By the probe's name.</param>
public sealed record WatchedState(string Id, long Block, Instant At, IReadOnlyDictionary<string, ProbedValue> Values) : Document(Id), IStored<WatchedState>
{
    // A month of changes, for who looks back; the digest needs a few days.
    private const int MostSamples = 60;

    private const string None = "none";

    public static Collection<WatchedState> Collection { get; } = new("watched_states");

    /// <summary>Balances by their unit, ETH or a token's label, the newest last.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BalanceSample>> Balances { get; init; } = new Dictionary<string, IReadOnlyList<BalanceSample>>();

    /// <summary>With what was read at a block.</summary>
    /// <param name="block">Its height.</param>
    /// <param name="at">Its time.</param>
    /// <param name="read">What was answered; what has no answer any more keeps none.</param>
    /// <param name="balances">In the smallest unit.</param>
    /// <param name="expect">What the settings expect.</param>
    public WatchedState Read(long block, Instant at, IReadOnlyDictionary<string, string> read, IReadOnlyDictionary<string, BigInteger> balances, IReadOnlyDictionary<string, string> expect) => this with
    {
        Block = block,
        At = at,
        Values = read.Keys.Union(Values.Keys).ToDictionary(name => name, name => Next(name, read.GetValueOrDefault(name) ?? None, expect)),
        Balances = Balances.Where(each => !balances.ContainsKey(each.Key)).Concat(balances.Select(each => KeyValuePair.Create(each.Key, With(Balances.GetValueOrDefault(each.Key) ?? [], each.Value, at)))).ToDictionary(),
    };

    // The first reading is what is expected from then on; what comes or goes later is news.
    private ProbedValue Next(string name, string value, IReadOnlyDictionary<string, string> expect) =>
        new(value, ExpectedOf(name, expect) ?? Values.GetValueOrDefault(name)?.Expected ?? (Version == 0 ? value : None));

    /// <summary>What is now is right: people were told of it, or somebody has said so.</summary>
    public WatchedState Confirm(IEnumerable<KeyValuePair<string, string>> values, IReadOnlyDictionary<string, string> expect)
    {
        var next = Values.ToDictionary();
        foreach (var (name, value) in values)
        {
            next[name] = new ProbedValue(value, ExpectedOf(name, expect) ?? value);
        }

        return this with { Values = next };
    }

    /// <summary>With other values expected; what was read stays as it is until it is read again.</summary>
    public WatchedState Expecting(IEnumerable<KeyValuePair<string, string>> expected)
    {
        var next = Values.ToDictionary();
        foreach (var (name, value) in expected)
        {
            next[name] = next[name] with { Expected = value };
        }

        return this with { Values = next };
    }

    /// <summary>A balance as it was at a time: the last that was read before it, else the first.</summary>
    public BigInteger? BalanceAt(string unit, Instant at) => Balances.GetValueOrDefault(unit) is { Count: > 0 } samples ? (samples.LastOrDefault(sample => sample.At <= at) ?? samples[0]).Value : null;

    private static string? ExpectedOf(string name, IReadOnlyDictionary<string, string> expect) => expect.GetValueOrDefault(name) is not { } text ? null
        : string.Join(", ", text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => Address.TryParse(word, out var address) ? address.ToString() : word).Order(StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<BalanceSample> With(IReadOnlyList<BalanceSample> samples, BigInteger value, Instant at) =>
        samples is [.., var last] && last.Value == value ? samples : [.. samples.TakeLast(MostSamples - 1), new BalanceSample(at, value)];
}

/// <param name="Value">As it was read.</param>
/// <param name="Expected">As it has to be.</param>
public sealed record ProbedValue(string Value, string Expected)
{
    /// <summary>Something has changed that no transaction told of.</summary>
    public bool Drifts => !string.Equals(Value, Expected, StringComparison.OrdinalIgnoreCase);
}

/// <param name="At">From when on.</param>
/// <param name="Value">In the smallest unit.</param>
public sealed record BalanceSample(Instant At, BigInteger Value);
