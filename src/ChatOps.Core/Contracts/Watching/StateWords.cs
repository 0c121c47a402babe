using ChatOps.Core.Chat;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>A watched thing and its state in words.</summary>
internal static class StateWords
{
    // Of code only that it changed says something.
    private static readonly string[] Unsaid = ["code"];

    /// <summary>"SNT: controller SNT controller, totalSupply …; 12 ETH".</summary>
    public static Markup Line(WatchedThing thing, WatchedState? state, Watched watched) =>
        Markup.Of($"• **{thing.Label}**, {thing.Kind} {thing.Address}{(state is null ? ": not read yet" : Values(thing, state, watched).ToList() is { Count: > 0 } values ? $": {string.Join("; ", values)}" : "")}");

    public static IEnumerable<string> Values(WatchedThing thing, WatchedState state, Watched watched) =>
    [
        .. state.Values.Where(value => !Unsaid.Contains(value.Key) || value.Value.Drifts).Select(value => $"{value.Key} {Value(thing, value.Key, value.Value.Value, watched)}{(value.Value.Drifts ? $" (expected {Value(thing, value.Key, value.Value.Expected, watched)})" : "")}"),
        .. state.Balances.Where(balance => balance.Value.Count > 0 && (balance.Value[^1].Value != 0 || thing.IsWallet)).Select(balance => Balance(balance.Key, balance.Value[^1].Value)),
    ];

    public static string Balance(string unit, System.Numerics.BigInteger value) => new Amount(value, unit.Split(' ')[0], 18).ToString();

    private static string Value(WatchedThing thing, string name, string value, Watched watched)
    {
        var parts = value.Split(", ");
        return parts.Length > 1
            ? $"({parts.Length}) {string.Join(", ", parts.Select(part => Short(thing, part, watched)))}"
            : name == "totalSupply" && System.Numerics.BigInteger.TryParse(value, out var units) ? Balance(thing.Label, units) : Short(thing, value, watched);
    }

    private static string Short(WatchedThing thing, string value, Watched watched) => Address.TryParse(value, out var address) ? watched.NameOf(thing.Chain, address) : value;
}
