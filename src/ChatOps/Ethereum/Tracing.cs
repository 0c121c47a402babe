using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>The calls inside transactions, from an endpoint that traces. What goes wrong with it is no fault of the endpoint: many do not offer it.</summary>
internal static class Tracing
{
    /// <summary>As many as the endpoint gives: a trace that is not of its transaction, and one that is too large for an answer, is not among them.</summary>
    public static async Task<IReadOnlyDictionary<Word, IReadOnlyList<ChainCall>>> Transactions(RpcEndpoint endpoint, IReadOnlyList<ChainTransaction> transactions, WatchedAddresses watched, CancellationToken cancel)
    {
        var batch = new RpcBatch();
        foreach (var transaction in transactions)
        {
            batch.Add("debug_traceTransaction", json => Parameters(json, transaction.Hash));
        }

        var traces = new Dictionary<Word, IReadOnlyList<ChainCall>>();
        await Try(
            endpoint,
            batch,
            (int place, ref Utf8JsonReader json) =>
            {
                if (Believed(CallJson.Read(ref json, watched.Has), transactions[place]) is { } calls)
                {
                    traces[transactions[place].Hash] = calls;
                }
            },
            cancel);
        return traces;
    }

    /// <summary>The calls, or null where they do not begin with the transaction.</summary>
    public static IReadOnlyList<ChainCall>? Believed(IReadOnlyList<ChainCall>? calls, ChainTransaction transaction) => calls is [var first, ..] && first.IsItself(transaction) ? calls : null;

    /// <summary>All calls of whole blocks, by transaction.</summary>
    /// <returns>Null when this endpoint does not do it.</returns>
    public static async Task<IReadOnlyList<Dictionary<Word, IReadOnlyList<ChainCall>>>?> Blocks(RpcEndpoint endpoint, IReadOnlyList<Word> blocks, WatchedAddresses watched, CancellationToken cancel)
    {
        var batch = new RpcBatch();
        foreach (var hash in blocks)
        {
            batch.Add("debug_traceBlockByHash", json => Parameters(json, hash));
        }

        var traces = new Dictionary<Word, IReadOnlyList<ChainCall>>[blocks.Count];
        return await Try(endpoint, batch, (int place, ref Utf8JsonReader json) => traces[place] = CallJson.ReadBlock(ref json, watched.Has), cancel) ? traces : null;
    }

    private static void Parameters(Utf8JsonWriter json, Word hash)
    {
        json.WriteStringValue(hash.ToString());
        json.WriteStartObject();
        json.WriteString("tracer"u8, "callTracer"u8);
        json.WriteEndObject();
    }

    private static async Task<bool> Try(RpcEndpoint endpoint, RpcBatch batch, ResultReader read, CancellationToken cancel)
    {
        if (batch.Count == 0)
        {
            return true;
        }

        try
        {
            var errors = await endpoint.Try(batch, read, cancel);
            endpoint.Traces = !errors.Any(error => error?.Kind is RpcFaultKind.Unsupported);
            return errors.All(error => error is null);
        }
        catch (RpcFault fault)
        {
            endpoint.Traces = fault.Kind is not RpcFaultKind.Unsupported;
            return false;
        }
    }
}
