using System.Numerics;
using ChatOps.Core.Contracts.Decoding.Wording;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// Calls and events as people read them, such as <c>Community Multisig: submitTransaction → SNT controller: changeController(newController: 0x…)</c>. It is plain
/// text and never markup; what comes from calldata is bounded, and what could hide or turn text is shown as a number.
/// </summary>
/// <param name="names">What people call the addresses.</param>
public sealed class CallWords(IContractNames names)
{
    /// <summary>The length that fits a line of a card.</summary>
    public const int Most = 600;

    private const int MostInner = 6;

    /// <summary>These only say what the calls inside them say again.</summary>
    private static readonly HashSet<string> Wrappers = ["submitTransaction", "execTransaction", "execTransactionFromModule", "execTransactionFromModuleReturnData", "multiSend", "multicall"];

    private readonly ValueWords _values = new(names);

    /// <param name="call">With all that it holds.</param>
    /// <param name="most">Characters; what is longer ends with an ellipsis.</param>
    public string Of(DecodedCall call, int most = Most)
    {
        var text = new BoundedText(most);
        Write(text, call);
        return text.ToString();
    }

    /// <inheritdoc cref="Of(DecodedCall, int)"/>
    public string Of(DecodedEvent found, int most = Most)
    {
        var text = new BoundedText(most);
        text.Add($"{Of(found.Emitter)}: {found.Name ?? "an unknown event"}");
        if (found.Event is not null)
        {
            Arguments(text, found.Arguments, found.Emitter, !found.Event.EndsWith("()", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    /// <summary>The label of an address, or itself with its checksum.</summary>
    public string Of(Address address) => _values.Of(address);

    /// <summary>An argument's value alone, as for what was before and what is after.</summary>
    /// <param name="argument">Of a call or an event.</param>
    /// <param name="of">The contract, for amounts of a token.</param>
    public string Of(DecodedArgument argument, Address? of) => _values.Of(argument, of);

    /// <param name="wei">10^18 are one.</param>
    public string Ether(BigInteger wei) => AmountWords.Of(wei, new(names.Coin, 18));

    private void Write(BoundedText text, DecodedCall call)
    {
        if (call.IsDelegate)
        {
            text.Add("delegatecall to ");
        }

        switch (call)
        {
            case { To: null }:
                text.Add("a new contract");
                break;
            case { Function: null, Selector: null } when call.Oddities.All(oddity => oddity.Kind == OddityKind.DelegateCall):
                text.Add(call.Value.IsZero ? $"{Of(call.To.Value)}: nothing sent, no calldata" : $"{Ether(call.Value)} to {Of(call.To.Value)}");
                return;
            case { Function: null }:
                text.Add($"{Of(call.To.Value)}: {(call.Selector is null ? "calldata without a selector" : $"unknown function {call.Selector}")}");
                break;
            default:
                text.Add($"{Of(call.To.Value)}: {call.Name}");
                if (call.Inner.Count == 0 || !Wrappers.Contains(call.Name!))
                {
                    Arguments(text, call.Arguments, call.To.Value, !call.Function.EndsWith("()", StringComparison.Ordinal));
                }

                break;
        }

        Refund(text, call);
        if (!call.Value.IsZero)
        {
            text.Add($" with {Ether(call.Value)}");
        }

        Inside(text, call.Inner);
    }

    /// <summary>A Safe may pay whoever sends its transaction: that is money too, and stands in no call inside.</summary>
    private void Refund(BoundedText text, DecodedCall call)
    {
        if (call.Name == "execTransaction" && Named("gasPrice") is AbiValue.Number { Value: { IsZero: false } price })
        {
            var token = Named("gasToken") is AbiValue.Account { Value: { IsZero: false } paid } ? Of(paid) : names.Coin;
            var receiver = Named("refundReceiver") is AbiValue.Account { Value: { IsZero: false } to } ? Of(to) : "whoever sends it";
            text.Add($" paying {receiver} for gas ({price} of the smallest unit of {token} each, {(Named("baseGas") as AbiValue.Number)?.Value ?? 0} and what is used)");
        }

        AbiValue? Named(string name) => call.Arguments.FirstOrDefault(argument => argument.Name.TrimStart('_') == name)?.Value;
    }

    private void Inside(BoundedText text, IReadOnlyList<DecodedCall> calls)
    {
        if (calls.Count == 0)
            return;

        text.Add(calls.Count == 1 ? " → " : $" → {calls.Count} calls: ");
        for (var i = 0; i < Math.Min(calls.Count, MostInner) && !text.IsFull; i++)
        {
            text.Add(i > 0 ? "; " : "");
            Write(text, calls[i]);
        }

        if (calls.Count > MostInner)
        {
            text.Add($"; and {calls.Count - MostInner} more");
        }
    }

    private void Arguments(BoundedText text, IReadOnlyList<DecodedArgument> arguments, Address of, bool any)
    {
        if (arguments.Count == 0)
        {
            text.Add(any ? "(unreadable)" : "()");
            return;
        }

        text.Add("(");
        for (var i = 0; i < arguments.Count && !text.IsFull; i++)
        {
            text.Add($"{(i > 0 ? ", " : "")}{CleanText.Of(arguments[i].Name, 40)}: {_values.Of(arguments[i], of)}");
        }

        text.Add(")");
    }
}
