using System.Collections.Concurrent;
using System.Text;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Decoding.Wording;
using ChatOps.Core.Contracts.Judging;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Contracts.Naming;

/// <summary>In what unit tokens count, as they say themselves. One batch for all of a transaction that nobody has asked before; where there is no answer, numbers stay as they are.</summary>
internal sealed partial class TokenUnits(ILogger<TokenUnits> log)
{
    /// <summary>More than these are forgotten, all at once: whoever makes many tokens must not fill the memory.</summary>
    private const int MostKnown = 4_000;

    // Of one transaction; the rest keep their bare numbers.
    private const int MostAsked = 12;
    private const int LongestSymbol = 14;
    private const int MostDecimals = 77;

    // What moves or lends tokens and names an amount.
    private static readonly HashSet<string> Moving = ["transfer", "transferFrom", "approve", "approveAndCall", "increaseAllowance", "decreaseAllowance", "increaseApproval", "decreaseApproval", "Transfer", "Approval"];

    private static readonly ReadOnlyMemory<byte> Symbol = Abi.Encode("symbol()");
    private static readonly ReadOnlyMemory<byte> Decimals = Abi.Encode("decimals()");

    private readonly ConcurrentDictionary<(string Chain, Address Token), TokenUnit?> _known = new();

    /// <param name="touching">The transaction: tokens are asked at its block.</param>
    /// <param name="reading">What it does.</param>
    /// <param name="client">Its chain; null: only what is known already.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyDictionary<Address, TokenUnit>> Of(TouchingTransaction touching, TransactionReading reading, IChainClient? client, CancellationToken cancel)
    {
        List<Address> named =
        [
            .. reading.Call.All.Concat(reading.Inside.Select(inside => inside.Call)).Where(call => call is { Name: { } name, To: not null } && Moving.Contains(name)).Select(call => call.To!.Value),
            .. reading.Events.Where(said => said.Name is { } name && Moving.Contains(name)).Select(said => said.Emitter),
        ];
        var tokens = named.Distinct().Take(MostAsked).ToList();
        var unknown = tokens.Where(token => !_known.ContainsKey((touching.Chain, token))).ToList();
        // Most endpoints know no state of long ago, and nobody is shown those one by one.
        if (unknown.Count > 0 && client is not null && !touching.CaughtUp)
        {
            await Ask(client, unknown, touching.Block.Hash, cancel);
        }

        return tokens.Select(token => (Token: token, Unit: _known.GetValueOrDefault((touching.Chain, token)))).Where(each => each.Unit is not null).ToDictionary(each => each.Token, each => each.Unit!);
    }

    /// <summary>What a token calls itself, from a text or from 32 bytes as the oldest have it; null where that is nothing.</summary>
    internal static string? ReadSymbol(ReadOnlyMemory<byte> answer)
    {
        var text = answer.Length == Word.Length ? Encoding.UTF8.GetString(answer.Span.TrimEnd((byte)0))
            : Abi.Decode("(string symbol)", answer).Arguments is [{ Value: AbiValue.Text said }] ? said.Value : "";
        // In quotes: anybody may call a token USDC.
        return string.IsNullOrWhiteSpace(text) ? null : CleanText.Quoted(text.Trim(), LongestSymbol);
    }

    private async Task Ask(IChainClient client, List<Address> tokens, Word block, CancellationToken cancel)
    {
        try
        {
            var answers = await client.Calls([.. tokens.SelectMany(token => new[] { (token, Symbol), (token, Decimals) })], block, cancel);
            if (_known.Count + tokens.Count > MostKnown)
            {
                _known.Clear();
            }

            for (var i = 0; i < tokens.Count; i++)
            {
                _known[(client.Chain, tokens[i])] = answers[2 * i] is { } symbol && ReadSymbol(symbol) is { } name
                    && answers[(2 * i) + 1] is { Length: Word.Length } decimals && new Word(decimals.Span).ToNumber() is var count && count <= MostDecimals
                    ? new(name, (int)count) : null;
            }
        }
        catch (ChainException fault)
        {
            LogNotAsked(fault, tokens.Count, client.Chain);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} tokens on {Chain} could not be asked for their units; their numbers are shown as they are")]
    private partial void LogNotAsked(Exception fault, int count, string chain);
}
