using System.Text;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum;
using ChatOps.Ethereum.Parsing;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>A trace keeps what is ours, however much noise is made around it.</summary>
public sealed class CallTraceTests
{
    private static readonly Address Ours = Address.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Address Other = Address.Parse("0x00000000000000000000000000000000000000b0");

    [Fact]
    public void What_only_reads_and_what_strangers_call_is_left_out_and_ours_behind_many_of_them_is_kept()
    {
        var calls = Read(30_000, [Call("STATICCALL", Other, Ours), Call("CALL", Ours, Other)]);
        Assert.Equal([("CALL", Other), ("CALL", Ours)], calls.Select(call => (call.Kind, call.From)));
    }

    [Fact]
    public void More_of_ours_than_can_be_kept_is_said()
    {
        var calls = Read(0, [.. Enumerable.Repeat(Call("CALL", Ours, Other), CallJson.Most + 2)]);
        Assert.True(calls[^1].IsCut);
        Assert.Equal(1 + CallJson.Most + 1, calls.Count);

        calls = Read(0, [.. Enumerable.Repeat(Call("CALL", Other, Ours, new string('0', CallJson.MostBytes / 4)), 9)]);
        Assert.True(calls[^1].IsCut);
        Assert.Equal(1 + 8 + 1, calls.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"CALL"}""")]
    [InlineData("""{"from":"0x00000000000000000000000000000000000000a1","to":"0x00000000000000000000000000000000000000b0","input":"0x"}""")]
    public void What_lacks_what_each_call_has_is_no_trace(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Fact]
    public void A_trace_that_begins_with_another_call_is_not_of_the_transaction()
    {
        var transaction = new ChainTransaction(Keccak.Hash("one"), 0, Other, Ours, 0, Array.Empty<byte>(), 0);
        var calls = Read(Call("CALL", Other, Ours));
        Assert.NotNull(Tracing.Believed(calls, transaction));
        Assert.Null(Tracing.Believed(calls, transaction with { From = Ours }));
        Assert.Null(Tracing.Believed(calls, transaction with { To = Other }));
        Assert.Null(Tracing.Believed(calls, transaction with { To = null }));
        Assert.Null(Tracing.Believed(calls, transaction with { Value = 1 }));
        Assert.Null(Tracing.Believed(calls, transaction with { Input = new byte[] { 1 } }));
        Assert.Null(Tracing.Believed([], transaction));
    }

    private static string Call(string kind, Address from, Address to, string input = "") => $"{{\"type\":\"{kind}\",\"from\":\"{from}\",\"to\":\"{to}\",\"value\":\"0x0\",\"input\":\"0x{input}\"}}";

    private static IReadOnlyList<ChainCall> Read(int noise, IEnumerable<string> last)
    {
        var inner = string.Join(',', Enumerable.Repeat(Call("CALL", Other, Other), noise).Concat(last));
        return Read($"{{\"type\":\"CALL\",\"from\":\"{Other}\",\"to\":\"{Other}\",\"value\":\"0x0\",\"input\":\"0x\",\"calls\":[{inner}]}}");
    }

    private static IReadOnlyList<ChainCall> Read(string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        json.Read();
        return CallJson.Read(ref json, address => address == Ours);
    }
}
