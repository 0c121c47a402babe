using System.Text.Json.Serialization;
using ChatOps.Core.Alerts;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>A contract, a multisig or an account whose every transaction is judged.</summary>
/// <param name="Chain">The name of the chain in the settings.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Kind">What it is.</param>
public sealed record WatchedThing(string Chain, Address Address, string Label, ContractKind Kind)
{
    /// <summary>What it is for: it helps to say what is normal.</summary>
    public string? Purpose { get; init; }

    public Criticality Criticality { get; init; } = Criticality.Medium;

    /// <summary>The address of the document that says what to do when something is abnormal.</summary>
    public string? Escalation { get; init; }

    /// <summary>Bundled ABIs' names or files, with commas between, beside the one of its kind: of a proxy those of the code behind it too. Null: only by its kind.</summary>
    public string? Abi { get; init; }

    /// <summary>What its state has to be, by the probe's name: an address, a number, several with commas.</summary>
    public IReadOnlyDictionary<string, string> Expect { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be left in it.</summary>
    public IReadOnlyList<Amount> Least { get; init; } = [];

    /// <summary>Where it comes from: "the settings", "shipped", "@ana".</summary>
    public string Origin { get; init; } = "the settings";

    /// <summary>Whoever calls from it spends what is Status's: what it calls is judged, whatever that is.</summary>
    [JsonIgnore]
    public bool IsWallet => Kind is ContractKind.MultiSig or ContractKind.Safe or ContractKind.Account;

    /// <summary>How bad it is when something about it is abnormal.</summary>
    [JsonIgnore]
    public Severity Severity => Criticality switch
    {
        Criticality.Critical => Severity.Critical,
        Criticality.High => Severity.Error,
        Criticality.Medium => Severity.Warning,
        _ => Severity.Info,
    };

    /// <summary>Its name in a store: one thing is watched once.</summary>
    [JsonIgnore]
    public string Key => KeyOf(Chain, Address);

    public static string KeyOf(string chain, Address address) => $"{chain}/{address}";
}
