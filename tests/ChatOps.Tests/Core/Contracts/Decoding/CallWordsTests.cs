using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using FsCheck.Xunit;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class CallWordsTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("0", "0 SNT")]
    [InlineData("1", "0.000000000000000001 SNT")]
    [InlineData("1234500000000000000000", "1,234.5 SNT")]
    [InlineData("6804870174878168246198837603000000000000000001", "6,804,870,174,878,168,246,198,837,603.000000000000000001 SNT")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935", "unlimited SNT")]
    public void Amounts_are_in_units_of_the_token_and_no_digit_is_lost(string amount, string words) =>
        Assert.Equal(words, _world.Words.Of(new DecodedArgument("_amount", "uint256", new AbiValue.Number(BigInteger.Parse(amount))), World.Snt));

    [Fact]
    public void Text_from_calldata_can_neither_hide_turn_nor_pose_as_something_else()
    {
        var words = Shown("\u202Efdp.exe\u0000\n\u200B\u2028\u3164\"); SNT: transfer(\\ *bold* <!channel> Z\u0301\u0301\u0301");
        Assert.Equal("\"\\u{202E}fdp.exe\\u{0000}\\u{000A}\\u{200B}\\u{2028}\\u{3164}\\\"); SNT: transfer(\\\\ *bold* <!channel> Z\u0301\u0301\\u{0301}\"", words);
        Assert.Equal("\"Grüße 😀\"", Shown("Grüße 😀"));
        Assert.Equal(82, Shown(new string('x', 1_000_000)).Length);
    }

    [Fact]
    public void Long_values_are_shortened_and_say_how_much_there_is()
    {
        Assert.Equal("0x0102", _world.Words.Of(new DecodedArgument("data", "bytes", new AbiValue.Bytes(new byte[] { 1, 2 })), null));
        Assert.Equal("0x0000000000000000… (33 bytes)", _world.Words.Of(new DecodedArgument("data", "bytes", new AbiValue.Bytes(new byte[33])), null));
        var numbers = new AbiValue.List([.. Enumerable.Range(0, 6).Select(i => new AbiValue.Number(i))]);
        Assert.Equal("[0, 1, 2, 3 and 2 more]", _world.Words.Of(new DecodedArgument("ids", "uint256[]", numbers), null));
        Assert.Equal("[[6 values]]", _world.Words.Of(new DecodedArgument("ids", "uint256[][][]", new AbiValue.List([new AbiValue.List([numbers])])), null));
    }

    [Fact]
    public void A_hostile_label_or_symbol_is_cleaned_too()
    {
        var words = new CallWords(new Hostile());
        var call = new CallDecoder(_ => [BundledAbis.Find("Token")!], (_, _) => null).Decode(World.Snt, 0, Abi.Encode("transfer(address,uint256)", World.Safe, 5));
        Assert.Equal("\\u{202E}x: transfer(to: \\u{202E}x, amount: 5 of the smallest unit of \\u{000A}\\u{0007})", words.Of(call));
    }

    [Property(MaxTest = 300)]
    public void No_text_makes_more_than_one_line_or_is_longer_than_allowed(string text, byte most)
    {
        var function = AbiFunction.Parse("f(string a, string b)");
        var decoder = new CallDecoder(_ => [new ContractAbi("Mine", [function], [])], (_, _) => null);
        var words = _world.Words.Of(decoder.Decode(World.Snt, 1, function.Encode(text ?? "", text ?? "")), most + 1);
        Assert.InRange(words.Length, 1, most + 1);
        Assert.DoesNotContain(words, sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u202e');
    }

    private string Shown(string text) => _world.Words.Of(new DecodedArgument("text", "string", new AbiValue.Text(text)), null);

    private sealed class Hostile : IContractNames
    {
        public string? Label(Address address) => "\u202Ex";

        public TokenUnit? Token(Address address) => new("\n\a", 255);
    }
}
