using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>The ways to ask for logs.</summary>
internal static class LogQuestions
{
    /// <summary>Providers take about a thousand.</summary>
    private const int MostAtOnce = 500;

    /// <summary>All of one block. An endpoint that does not have it has to say so, where a question by number would be answered with nothing.</summary>
    public static void AddLogs(this RpcBatch batch, Word block) => batch.Add("eth_getLogs", json =>
    {
        json.WriteStartObject();
        json.WriteString("blockHash"u8, block.ToString());
        json.WriteEndObject();
    });

    /// <summary>Those of a range that watched contracts emit, transfers of any token from and to watched addresses, and allowances that these give.</summary>
    public static void AddLogs(this RpcBatch batch, long first, long last, WatchedAddresses watched)
    {
        foreach (var some in watched.All.Chunk(MostAtOnce))
        {
            Add(json =>
            {
                json.WriteStartArray("address"u8);
                foreach (var address in some)
                {
                    json.WriteStringValue(Hex.Of(address.ToBytes()));
                }

                json.WriteEndArray();
            });
            Add(json => Topics(json, some, before: 0));
            Add(json => Topics(json, some, before: 1));
        }

        void Add(Action<Utf8JsonWriter> filter) => batch.Add("eth_getLogs", json =>
        {
            json.WriteStartObject();
            json.WriteString("fromBlock"u8, Hex.Of(first));
            json.WriteString("toBlock"u8, Hex.Of(last));
            filter(json);
            json.WriteEndObject();
        });
    }

    private static void Topics(Utf8JsonWriter json, IEnumerable<Address> some, int before)
    {
        json.WriteStartArray("topics"u8);
        json.WriteStartArray();
        json.WriteStringValue(WatchedAddresses.Transfer.ToString());
        if (before == 0)
        {
            json.WriteStringValue(WatchedAddresses.Approval.ToString());
        }

        json.WriteEndArray();
        for (var i = 0; i < before; i++)
        {
            json.WriteNullValue();
        }

        json.WriteStartArray();
        foreach (var address in some)
        {
            json.WriteStringValue(Word.Of(address).ToString());
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }
}
