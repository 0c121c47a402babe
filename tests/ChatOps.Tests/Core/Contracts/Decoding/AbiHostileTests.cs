using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>Calldata made to hide something or to cost much. The cost is counted in what the reading took of its budget, and not by a clock.</summary>
public sealed class AbiHostileTests
{
    private static readonly byte[] Word32 = new byte[32];

    [Theory]
    [InlineData("(address to)", "to has bits set", "000000000000000000000001744d70fdbe2ba4cf95131626614a1763df805b9e")]
    [InlineData("(uint8 operation)", "operation has bits set", "0000000000000000000000000000000000000000000000000000000000000100")]
    [InlineData("(int8 n)", "n has bits set", "00000000000000000000000000000000000000000000000000000000000000ff")]
    [InlineData("(bytes4 id)", "id has bits set", "0102030400000000000000000000000000000000000000000000000000000001")]
    [InlineData("(bool on)", "on is neither 0 nor 1", "0000000000000000000000000000000000000000000000000000000000000002")]
    public void Bits_that_a_type_does_not_have_are_told_and_what_is_left_is_read(string types, string words, string data)
    {
        var reading = Abi.Decode(types, Convert.FromHexString(data));
        Assert.Contains(words, Assert.Single(reading.Oddities, oddity => oddity.Kind == OddityKind.NotCanonical).Words, StringComparison.Ordinal);
        Assert.Single(reading.Arguments);
    }

    [Fact]
    public void Offsets_that_overlap_leave_a_gap_or_go_back_are_told()
    {
        var shared = Join(0x40, 0x40, 1, "01" + new string('0', 62));
        Assert.Equal("b points back at what belongs to something else", Odd("(bytes a, bytes b)", shared));
        Assert.Equal("a leaves 32 bytes before it that belong to nothing", Odd("(bytes a)", Join(0x40, 7, 0)));
        Assert.Equal("a points back at what belongs to something else", Odd("(bytes a, uint256 n)", Join(0x20, 0)));
        Assert.Equal("32 bytes follow that belong to no argument", Odd("(uint256 n)", Join(1, 1)));
        Assert.Equal("a is not filled up with zeros", Odd("(bytes a)", Join(0x20, 1, "0101" + new string('0', 60))));
        Assert.Equal("a is not filled up to a whole word", Odd("(bytes a)", Join(0x20, 1, "01")));
        Assert.Equal("a is not UTF-8", Odd("(string a)", Join(0x20, 1, "ff" + new string('0', 62))));
    }

    [Theory]
    [InlineData("(uint256[] a)", "a says that it is longer than all the data")]
    [InlineData("(bytes a)", "a says that it is longer than all the data")]
    [InlineData("(string[] a)", "a says that it is longer than all the data")]
    public void A_length_beyond_the_data_is_not_believed(string types, string words)
    {
        foreach (var length in new[] { 0x21, uint.MaxValue, BigInteger.Pow(2, 31) - 1, BigInteger.Pow(2, 63), BigInteger.Pow(2, 256) - 1 })
        {
            var reading = Abi.Decode(types, Join(0x20, length, 0));
            Assert.Equal((OddityKind.Undecodable, words), (reading.Oddities[^1].Kind, reading.Oddities[^1].Words));
            Assert.Empty(reading.Arguments);
        }
    }

    [Fact]
    public void Elements_without_a_size_cost_no_more_than_the_budget()
    {
        foreach (var types in new[] { "(()[] a)", "(uint256[0][] a)", "((uint256[0],())[] a)" })
        {
            var budget = new DecodingBudget();
            var reading = AbiFunction.Parse("f" + types).DecodeArguments(Join(0x20, int.MaxValue), budget);
            Assert.Equal(OddityKind.TooLarge, Assert.Single(reading.Oddities).Kind);
            Assert.True(budget.Left >= 0);
        }
    }

    [Fact]
    public void Offsets_that_all_point_at_one_place_do_not_multiply_the_work()
    {
        // Ten levels of 64 elements that are all the same: 64^10 values in 22 kB.
        List<byte> data = [.. Join(0x20)];
        for (var level = 0; level < 10; level++)
        {
            data.AddRange(Join(64));
            data.AddRange(Enumerable.Repeat(Join(64 * 32), 64).SelectMany(word => word));
        }

        data.AddRange(Word32);
        var budget = new DecodingBudget();
        var reading = AbiFunction.Parse("f(uint256[][][][][][][][][][][] a)").DecodeArguments(data.ToArray(), budget);
        Assert.Contains(reading.Oddities, oddity => oddity.Kind == OddityKind.TooLarge);
        Assert.InRange(reading.Oddities.Count, 1, 10);
        Assert.InRange(budget.Left, 0, 64);
    }

    [Fact]
    public void One_long_text_that_is_shared_a_thousand_times_is_not_copied_a_thousand_times()
    {
        const int Count = 1000, Size = 512 * 1024;
        List<byte> data = [.. Join(0x20, Count), .. Enumerable.Repeat(Join(Count * 32), Count).SelectMany(word => word), .. Join(Size), .. new byte[Size]];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Abi.Decode("(string[] a)", data.ToArray());
        Assert.Contains(reading.Oddities, oddity => oddity.Kind == OddityKind.TooLarge);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32_000_000);
    }

    [Fact]
    public void Calldata_that_is_large_and_honest_is_read()
    {
        var values = Enumerable.Range(0, 4000).Select(i => (object)i).ToList();
        Assert.Empty(Abi.Decode("(uint256[] a)", Abi.EncodeArguments("(uint256[] a)", [values])).Oddities);
        Assert.Empty(Abi.Decode("(bytes a)", Abi.EncodeArguments("(bytes a)", new byte[1_000_000])).Oddities);
    }

    private static string Odd(string types, byte[] data) => Assert.Single(Abi.Decode(types, data).Oddities, oddity => oddity.Kind is OddityKind.NotCanonical or OddityKind.Trailing).Words;

    private static byte[] Join(params object[] words) =>
        [.. words.SelectMany(word => word is string hex ? Convert.FromHexString(hex) : Word.Of(word switch { int small => small, uint more => more, _ => (BigInteger)word }).ToBytes())];
}
