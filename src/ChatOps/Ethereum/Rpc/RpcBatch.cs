using System.Buffers;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Ethereum.Parsing;

namespace ChatOps.Ethereum.Rpc;

/// <summary>Requests that go to one endpoint together. Each is known by its place, from 0.</summary>
internal sealed class RpcBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(string Method, Range Bytes)> _requests = [];

    public int Count => _requests.Count;

    public string MethodOf(int place) => _requests[place].Method;

    public RpcBatch Add(string method, Action<Utf8JsonWriter> parameters)
    {
        var from = _bytes.WrittenCount;
        using (var json = new Utf8JsonWriter(_bytes))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, Count);
            json.WriteString("method"u8, method);
            json.WriteStartArray("params"u8);
            parameters(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        _requests.Add((method, from.._bytes.WrittenCount));
        return this;
    }

    public RpcBatch Add(string method) => Add(method, _ => { });

    public RpcBatch Add(string method, Word hash) => Add(method, json => json.WriteStringValue(hash.ToString()));

    /// <summary>A block by its number, or by a tag such as latest.</summary>
    public RpcBatch AddBlock(string numberOrTag, bool full) => Add("eth_getBlockByNumber", json =>
    {
        json.WriteStringValue(numberOrTag);
        json.WriteBooleanValue(full);
    });

    public RpcBatch AddBlock(long number, bool full) => AddBlock(Hex.Of(number), full);

    /// <summary>The HTTP body for some of them: an object for one, which every server takes, an array for more.</summary>
    public byte[] Body(int first, int count)
    {
        var all = _bytes.WrittenSpan;
        if (count == 1)
        {
            return all[_requests[first].Bytes].ToArray();
        }

        var body = new ArrayBufferWriter<byte>(all.Length + count + 1);
        for (var i = first; i < first + count; i++)
        {
            body.Write(i == first ? "["u8 : ","u8);
            body.Write(all[_requests[i].Bytes]);
        }

        body.Write("]"u8);
        return body.WrittenSpan.ToArray();
    }
}
