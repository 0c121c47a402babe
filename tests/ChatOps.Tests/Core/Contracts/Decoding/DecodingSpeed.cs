using System.Diagnostics;
using ChatOps.Core.Contracts.Decoding;
using Xunit.Abstractions;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>Says how fast decoding is on this machine; it decides nothing, a clock in a test is no proof.</summary>
public sealed class DecodingSpeed(ITestOutputHelper output)
{
    [Fact]
    public void It_says_how_many_calls_it_decodes_in_a_second()
    {
        var world = new World();
        var transfer = Abi.Encode("transfer(address,uint256)", World.Safe, 5_000_000_000);
        var nested = World.Submit(World.Controller, World.ChangeController(World.Safe));
        Say("transfer", 100_000, () => world.Decoder.Decode(World.Snt, 0, transfer));
        Say("submitTransaction → changeController", 50_000, () => world.Decoder.Decode(World.Community, 0, nested));
        var log = World.Log(World.Snt, "Transfer(address,address,uint256)", [ChatOps.Core.Contracts.Word.Of(World.Safe), ChatOps.Core.Contracts.Word.Of(World.Safe)], "(uint256)", 5);
        Say("log of a transfer", 50_000, () => world.Decoder.DecodeLogs([log]));
    }

    private void Say(string what, int times, Func<object> decode)
    {
        for (var warm = 0; warm < times / 5; warm++)
        {
            Assert.NotNull(decode());
        }

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            decode();
        }

        output.WriteLine($"{what}: {times / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} a second");
    }
}
