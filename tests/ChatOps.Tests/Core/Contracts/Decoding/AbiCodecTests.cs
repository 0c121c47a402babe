using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class AbiCodecTests
{
    [Fact]
    public void The_examples_of_the_specification_come_out_as_they_stand_there()
    {
        Assert.Equal("0xcdcd77c0" + Words("45", "1"), Hex(Abi.Encode("baz(uint32,bool)", 69, true)));
        Assert.Equal("0xfce353f6" + Left("616263", "646566"), Hex(Abi.Encode("bar(bytes3[2])", [Values("abc"u8.ToArray(), "def"u8.ToArray())])));
        Assert.Equal(
            "0xa5643bf2" + Words("60", "1", "a0", "4") + Left("64617665") + Words("3", "1", "2", "3"),
            Hex(Abi.Encode("sam(bytes,bool,uint256[])", "dave"u8.ToArray(), true, Values(1, 2, 3))));
        Assert.Equal(
            "0x8be65246" + Words("123", "80") + Left("31323334353637383930") + Words("e0", "2", "456", "789", "d") + Left("48656c6c6f2c20776f726c6421"),
            Hex(Abi.Encode("f(uint256,uint32[],bytes10,bytes)", 0x123, Values(0x456, 0x789), "1234567890"u8.ToArray(), "Hello, world!"u8.ToArray())));
        Assert.Equal(
            "0x2289b18c" + Words("40", "140", "2", "40", "a0", "2", "1", "2", "1", "3", "3", "60", "a0", "e0", "3") + Left("6f6e65") + Words("3") + Left("74776f") + Words("5") + Left("7468726565"),
            Hex(Abi.Encode("g(uint256[][],string[])", Values(Values(1, 2), Values(3)), Values("one", "two", "three"))));
    }

    [Fact]
    public void It_writes_and_reads_what_another_encoder_does()
    {
        var count = 0;
        foreach (var sample in JsonDocument.Parse(Samples.Abi("ethers")).RootElement.EnumerateArray())
        {
            var types = sample.GetProperty("types").GetString()!;
            var encoded = sample.GetProperty("encoded").GetString()!;
            var tuple = (AbiType.Tuple)AbiType.Parse(types);
            var values = ((AbiValue.List)Value(tuple, sample.GetProperty("values"))).Values;

            Assert.Equal(encoded, Hex(Abi.EncodeArguments(types, [.. values])));
            var reading = Abi.Decode(types, Convert.FromHexString(encoded[2..]));
            Assert.Empty(reading.Oddities);
            Assert.Equal(values, reading.Arguments.Select(argument => argument.Value));
            count++;
        }

        Assert.Equal(60, count);
    }

    [Fact]
    public void Arguments_have_the_names_of_the_signature_or_their_places()
    {
        var function = AbiFunction.Parse("f(address to, uint, (bool yes, bytes)[2] pairs)");
        Assert.Equal("f(address,uint256,(bool,bytes)[2])", function.Signature);
        var pair = Values(true, new byte[] { 1 });
        var reading = function.DecodeArguments(function.Encode(Address.Zero, 7, Values(pair, pair)).AsMemory(4));
        Assert.Equal([("to", "address"), ("1", "uint256"), ("pairs", "(bool,bytes)[2]")], reading.Arguments.Select(argument => (argument.Name, argument.Type)));
    }

    [Theory]
    [InlineData("f(uint7)", "uint7 is not a type")]
    [InlineData("f(bytes33)", "bytes33 is not a type")]
    [InlineData("f(uint256[99999999])", "[99999999] is no length")]
    [InlineData("f(uint256[30000][30000])", "takes more than 32768 words")]
    [InlineData("f(()[30000][30000])", "takes more than 32768 words")]
    [InlineData("f(uint256", "a ( has no )")]
    [InlineData("f(uint256))", ") is not understood")]
    [InlineData("f(uint256) external", "external is not known behind a function")]
    [InlineData("(uint256)", "a function has a name")]
    [InlineData("f((((((((((((((((((uint256))))))))))))))))))", "more than 16 deep")]
    [InlineData("f(uint256[][][][][][][][][][][][][][][][][])", "more than 16 deep")]
    public void A_signature_that_makes_no_sense_is_refused_with_the_reason(string signature, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => AbiFunction.Parse(signature)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("f(uint8)", 256)]
    [InlineData("f(uint8)", -1)]
    [InlineData("f(int8)", 128)]
    [InlineData("f(int8)", -129)]
    [InlineData("f(bool)", 1)]
    [InlineData("f(address)", "0x")]
    public void A_value_that_is_not_of_its_type_is_not_encoded(string signature, object value) =>
        Assert.Throws<ArgumentException>(() => Abi.Encode(signature, value));

    private static object[] Values(params object[] values) => values;

    private static string Words(params string[] words) => string.Concat(words.Select(word => word.PadLeft(64, '0')));

    private static string Left(params string[] words) => string.Concat(words.Select(word => word.PadRight(64, '0')));

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static AbiValue Value(AbiType type, JsonElement json) => type switch
    {
        AbiType.Number => new AbiValue.Number(BigInteger.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
        AbiType.Account => new AbiValue.Account(Address.Parse(json.GetString()!)),
        AbiType.Truth => new AbiValue.Truth(json.GetBoolean()),
        AbiType.Text => new AbiValue.Text(json.GetString()!),
        AbiType.Array array => new AbiValue.List([.. json.EnumerateArray().Select(element => Value(array.Element, element))]),
        AbiType.Tuple tuple => new AbiValue.List([.. json.EnumerateArray().Select((part, i) => Value(tuple.Parts[i].Type, part))]),
        _ => new AbiValue.Bytes(Convert.FromHexString(json.GetString()![2..])),
    };
}
