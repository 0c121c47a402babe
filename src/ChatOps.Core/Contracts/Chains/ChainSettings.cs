using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>One entry of the setting <c>Chains</c>.</summary>
/// <param name="Name">What people and other settings call it: mainnet.</param>
/// <param name="ChainId">What each endpoint must answer for: 1 is Ethereum.</param>
/// <param name="Endpoints">JSON-RPC over HTTP; the first that works is asked. A provider's key is often part of the address, so only <see cref="ChainEndpoint.Name"/> is shown.</param>
/// <param name="Confirmations">How many blocks lie above the one that is read. 0 is the head, whose news may be retracted.</param>
/// <param name="StartBlock">The first block that is read when nothing is stored yet; null: the head of that moment.</param>
/// <param name="PollInterval">How often the head is asked for.</param>
/// <param name="Traces">Also finds calls inside other contracts' transactions, which no log shows. Every block is traced for it: costly, and not every endpoint can.</param>
/// <param name="LagAlarm">The alert comes when the newest block, or the last one that was read while others wait, is older.</param>
public sealed record ChainSettings(
    string Name, long ChainId, IReadOnlyList<ChainEndpoint> Endpoints, int Confirmations, long? StartBlock, Duration PollInterval, bool Traces, Duration LagAlarm)
{
    private static readonly Duration ShortestPoll = Duration.FromMilliseconds(100);

    public static IReadOnlyList<ChainSettings> ReadAll(SettingsReader root)
    {
        var chains = root.Sections("Chains").Select(Read).ToList();
        foreach (var twice in chains.GroupBy(chain => chain.Name).Where(same => same.Count() > 1))
        {
            root.Fault("Chains", $"two are called \"{twice.Key}\"");
        }

        return chains;
    }

    private static ChainSettings Read(SettingsReader chain)
    {
        chain.Knows("Name", "ChainId", "RpcUrls", "Confirmations", "StartBlock", "PollInterval", "Traces", "LagAlarm");
        var name = (chain.Text("Name") ?? "").ToLowerInvariant();
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            chain.Fault("Name", name.Length == 0 ? "it is missing; give the chain a name such as mainnet" : $"\"{name}\" is not a chain's name: at most 40 letters, digits, - and _");
        }

        if (chain.Text("ChainId") is null)
        {
            chain.Fault("ChainId", "it is missing; 1 is Ethereum's");
        }

        var poll = chain.Span("PollInterval", Duration.FromSeconds(4));
        if (poll < ShortestPoll)
        {
            chain.Fault("PollInterval", $"it is shorter than {ShortestPoll.TotalMilliseconds:0} ms");
            poll = ShortestPoll;
        }

        return new(
            name,
            chain.Number("ChainId", 1, 1, int.MaxValue),
            ChainEndpoint.ReadAll(chain),
            chain.Number("Confirmations", 0, 0, 10_000),
            chain.Text("StartBlock") is null ? null : chain.Number("StartBlock", 0, 0, int.MaxValue),
            poll,
            chain.Flag("Traces", false),
            chain.Span("LagAlarm", Duration.FromMinutes(10)));
    }
}
