using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ChatOps.Core.Contracts;
using ChatOps.Tests.House;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>Foundry's anvil: a real EVM with a chain of its own on a loopback port. It mines when it is told to.</summary>
internal sealed class RealAnvil : IAsyncDisposable
{
    public const long ChainId = 31337;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new();
    private readonly Process _process;
    private readonly Uri _url;

    private RealAnvil(string program, int port, IEnumerable<string> options)
    {
        _url = new($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo(program, ["--host", "127.0.0.1", "--port", $"{port}", "--no-mining", "--silent", .. options]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Where npm has put the program, or null.</summary>
    public static string? Path
    {
        get
        {
            var modules = System.IO.Path.Combine(Checkout.Root, "tests", "ethereum", "node_modules", "@foundry-rs");
            return Directory.Exists(modules) ? Directory.EnumerateFiles(modules, "anvil", SearchOption.AllDirectories).FirstOrDefault() : null;
        }
    }

    /// <param name="options">Of its own command line.</param>
    public static async Task<RealAnvil> Start(params string[] options)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var anvil = new RealAnvil(Path!, port, options);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await anvil.Call("eth_chainId");
                return anvil;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(began) < Deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    public Uri Url => _url;

    public async Task<byte[]> Answer(byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var response = await _http.PostAsync(_url, content);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<JsonNode?> Call(string method, params JsonNode?[] parameters)
    {
        var answer = JsonNode.Parse(await Answer(System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = new JsonArray(parameters) }.ToJsonString())))!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : answer["result"];
    }

    /// <summary>Anvil's own accounts, with plenty.</summary>
    public async Task<IReadOnlyList<Address>> Accounts() => [.. ((JsonArray)(await Call("eth_accounts"))!).Select(account => Address.Parse(account!.GetValue<string>()))];

    /// <summary>Waits for its block; gas is given, so that one that will fail is sent too.</summary>
    public async Task<Word> Send(Address from, Address? to, string input = "0x", string value = "0x0", string gas = "0x2dc6c0")
    {
        var transaction = new JsonObject { ["from"] = from.ToString(), ["input"] = input, ["value"] = value, ["gas"] = gas };
        if (to is { } receiver)
        {
            transaction["to"] = receiver.ToString();
        }

        return Word.Parse((await Call("eth_sendTransaction", transaction))!.GetValue<string>());
    }

    public Task Mine(int blocks = 1) => Call("anvil_mine", $"0x{blocks:x}");

    /// <summary>Sends and mines.</summary>
    public async Task<JsonNode> Sent(Address from, Address? to, string input = "0x", string value = "0x0")
    {
        var hash = await Send(from, to, input, value);
        await Mine();
        return (await Call("eth_getTransactionReceipt", hash.ToString()))!;
    }

    /// <summary>Puts a contract there.</summary>
    /// <param name="from">Who pays.</param>
    /// <param name="code">What creates it.</param>
    /// <param name="arguments">Of its constructor, as the ABI writes them.</param>
    public async Task<Address> Deploy(Address from, byte[] code, byte[]? arguments = null)
    {
        var hash = await Send(from, null, "0x" + Convert.ToHexStringLower([.. code, .. arguments ?? []]), gas: "0xe4e1c0");
        await Mine();
        var receipt = (await Call("eth_getTransactionReceipt", hash.ToString()))!;
        return receipt["status"]!.GetValue<string>() == "0x1" ? Address.Parse(receipt["contractAddress"]!.GetValue<string>().ToLowerInvariant()) : throw new InvalidOperationException($"{hash} did not create a contract.");
    }

    public async Task<Word> Head() => Word.Parse((await Call("eth_getBlockByNumber", "latest", false))!["hash"]!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }
}

/// <summary>A test that needs anvil. Where it is missing the test is skipped and says so; <c>./test</c> installs it first.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAnvilAttribute : FactAttribute
{
    public NeedsAnvilAttribute()
    {
        if (RealAnvil.Path is null || !RealContracts.AreThere)
        {
            Skip = "anvil, or the contracts for it, is not installed; ./test installs it, or npm install in tests/ethereum.";
        }
    }
}
