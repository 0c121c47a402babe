using System.Text;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>A trace keeps what is ours, however much noise is made around it.</summary>
public sealed class CallTraceTests
{
    private static readonly Address Ours = Address.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Address Other = Address.Parse("0x00000000000000000000000000000000000000b0");

    [Fact]
    public void What_only_reads_is_left_out_and_ours_behind_many_others_is_kept()
    {
        var calls = Read(CallJson.Most + 5, [Call("STATICCALL", Other, Ours), Call("CALL", Ours, Other)]);
        Assert.Equal(CallJson.Most + 1, calls.Count);
        Assert.Equal(("CALL", Ours), (calls[^1].Kind, calls[^1].From));
        Assert.DoesNotContain(calls, call => call.Kind == "STATICCALL" || call.IsCut);
    }

    [Fact]
    public void More_of_ours_than_can_be_kept_is_said()
    {
        var calls = Read(CallJson.Most, [.. Enumerable.Repeat(Call("CALL", Ours, Other), CallJson.MostOurs + 2)]);
        Assert.True(calls[^1].IsCut);
        Assert.Equal(CallJson.Most + CallJson.MostOurs + 1, calls.Count);
    }

    private static string Call(string kind, Address from, Address to) => $"{{\"type\":\"{kind}\",\"from\":\"{from}\",\"to\":\"{to}\",\"value\":\"0x0\",\"input\":\"0x\"}}";

    private static IReadOnlyList<ChainCall> Read(int noise, IEnumerable<string> last)
    {
        var inner = string.Join(',', Enumerable.Repeat(Call("CALL", Other, Other), noise).Concat(last));
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"type\":\"CALL\",\"from\":\"{Other}\",\"to\":\"{Other}\",\"value\":\"0x0\",\"input\":\"0x\",\"calls\":[{inner}]}}"));
        json.Read();
        return CallJson.Read(ref json, address => address == Ours);
    }
}
