using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class BundledAbiTests
{
    private static readonly JsonElement Known = JsonDocument.Parse(Samples.Abi("selectors")).RootElement;

    [Fact]
    public void Every_known_selector_is_a_function_of_a_bundled_abi()
    {
        var functions = BundledAbis.All.SelectMany(abi => abi.Functions).DistinctBy(function => function.Signature).ToDictionary(function => function.Signature, function => function.Selector);
        foreach (var known in Known.GetProperty("functions").EnumerateObject().SelectMany(group => group.Value.EnumerateObject()))
        {
            Assert.Equal((known.Name, known.Value.GetString()), (known.Name, functions.GetValueOrDefault(known.Name)));
        }
    }

    [Fact]
    public void Every_known_topic_is_an_event_of_a_bundled_abi()
    {
        var events = BundledAbis.All.SelectMany(abi => abi.Events).DistinctBy(found => found.Signature).ToDictionary(found => found.Signature, found => found.Topic.ToString());
        foreach (var known in Known.GetProperty("events").EnumerateObject().SelectMany(group => group.Value.EnumerateObject()))
        {
            Assert.Equal((known.Name, known.Value.GetString()), (known.Name, events.GetValueOrDefault(known.Name)));
        }
    }

    [Theory]
    [InlineData("Token", "transfer(address,uint256)")]
    [InlineData("MiniMe", "changeController(address)")]
    [InlineData("MultiSig", "confirmTransaction(uint256)")]
    [InlineData("Safe", "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)")]
    [InlineData("Registrar", "moveRegistry(address)")]
    [InlineData("Proxy", "upgradeToAndCall(address,bytes)")]
    [InlineData("contract", "transferOwnership(address)")]
    public void Every_kind_has_an_abi_of_its_name(string kind, string function) => Assert.NotNull(BundledAbis.Find(kind)!.Function(function));

    [Fact]
    public void An_account_has_no_functions() => Assert.Empty(BundledAbis.Find("Account")!.Functions);

    [Fact]
    public void No_bundled_abi_has_two_functions_with_one_selector() =>
        Assert.All(BundledAbis.All, abi => Assert.Equal(abi.Functions.Count, abi.Functions.DistinctBy(function => function.Selector).Count()));

    [Fact]
    public void Only_what_people_do_with_what_is_theirs_is_public()
    {
        string[] everyones = ["transfer", "approve", "transferFrom", "approveAndCall"];
        var snt = BundledAbis.Find("MiniMe")!;
        Assert.All(everyones, name => Assert.True(snt.Function(name)!.IsPublic));
        string[] controllers = ["generateTokens", "destroyTokens", "enableTransfers", "claimTokens", "changeController"];
        Assert.All(controllers, name => Assert.False(snt.Function(name)!.IsPublic));
        string[] closed = ["MultiSig", "Safe", "SntController", "Timelock", "Proxy", "ProxyAdmin", "Ownable", "AccessControl", "Contract"];
        Assert.All(closed, name => Assert.Empty(BundledAbis.Find(name)!.Functions.Where(function => function.IsPublic)));
        Assert.Empty(BundledAbis.All.SelectMany(abi => abi.Functions).Where(function => function is { IsPublic: true, IsView: true }));
    }

    [Fact]
    public void A_file_that_makes_no_sense_is_refused_with_its_line()
    {
        var files = new Dictionary<string, string> { ["Mine"] = "# mine\nfunction f(uint7)\n", ["Loop"] = "include Loop" };
        Assert.Equal("ABI Mine, line 2: uint7 is not a type of the ABI", Assert.Throws<FormatException>(() => AbiFile.Read("Mine", files)).Message);
        Assert.Throws<FormatException>(() => AbiFile.Read("Loop", files));
    }

    [Fact]
    public void The_compilers_json_is_read()
    {
        const string Json = """
            [
              {"type":"constructor","inputs":[{"name":"owner","type":"address"}]},
              {"type":"function","name":"pay","stateMutability":"payable","inputs":[{"name":"items","type":"tuple[2][]","components":[{"name":"to","type":"address"},{"name":"amount","type":"uint256"}]}],"outputs":[{"name":"","type":"bool"}]},
              {"constant":true,"name":"owner","inputs":[],"outputs":[{"name":"","type":"address"}]},
              {"type":"event","name":"Paid","inputs":[{"name":"to","type":"address","indexed":true},{"name":"amount","type":"uint256","indexed":false}]},
              {"type":"error","name":"Broke","inputs":[]},
              {"type":"receive","stateMutability":"payable"}
            ]
            """;
        foreach (var json in new[] { Json, $$"""{"contractName":"X","nested":{"abi":1},"abi":{{Json}},"bytecode":"0x"}""" })
        {
            var reading = AbiJson.Read("Mine", json);
            Assert.Empty(reading.Faults);
            Assert.Equal("pay((address,uint256)[2][])", reading.Abi!.Function("pay")!.Signature);
            Assert.True(reading.Abi.Function("pay")!.IsPayable);
            Assert.True(reading.Abi.Function("owner()")!.IsView);
            Assert.Equal("Paid(address,uint256)", Assert.Single(reading.Abi.EventsOf(Keccak.Hash("Paid(address,uint256)"))).Signature);
        }
    }

    [Theory]
    [InlineData("", "line 1: this is no JSON")]
    [InlineData("[\n{\"type\":\"function\",\n", "line 3: this is no JSON")]
    [InlineData("{\"bytecode\":1}", "an ABI is a list of functions and events, or an object that has one as abi")]
    [InlineData("[\n\n {\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"uint7\"}]}]", "line 3: uint7 is not a type of the ABI")]
    [InlineData("[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"tuple\"}]}]", "line 1: a tuple has components")]
    [InlineData("[{\"type\":\"function\",\"name\":\"f\",\"inputs\":7}]", "line 1: inputs is a list")]
    [InlineData("[{\"type\":\"function\",\"inputs\":[]}]", "line 1: a function or an event has a name, of letters, digits, _ and $")]
    [InlineData("[{\"type\":\"function\",\"name\":\"\\ud800\"}]", "line 1: it has a text that is no Unicode")]
    [InlineData("[{\"type\":\"wish\"}]", "line 1: wish is no type of an entry: function, event, constructor, fallback, receive and error are")]
    [InlineData("[7]", "line 1: an entry of an ABI is an object")]
    public void Json_that_is_no_abi_is_refused_with_line_and_reason(string json, string fault)
    {
        var reading = AbiJson.Read("Mine", json);
        Assert.Null(reading.Abi);
        Assert.Equal(fault, Assert.Single(reading.Faults));
    }
}
