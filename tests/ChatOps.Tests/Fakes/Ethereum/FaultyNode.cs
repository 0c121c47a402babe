using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>Stands before a node, on a port of its own, and spoils what it says when it is told to.</summary>
internal sealed class FaultyNode : IAsyncDisposable
{
    private const int LagBlocks = 5;
    private const int FewAtOnce = 3;

    private readonly Func<byte[], Task<byte[]>> _node;
    private readonly CancellationTokenSource _closing = new();
    private readonly WebApplication _app;
    private volatile IReadOnlyList<(NodeFault Fault, string[] Methods)> _faults = [];

    private FaultyNode(Func<byte[], Task<byte[]>> node)
    {
        _node = node;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.MapPost("/", Answer);
    }

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Every method that was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<FaultyNode> Before(Func<byte[], Task<byte[]>> node)
    {
        var before = new FaultyNode(node);
        await before._app.StartAsync();
        return before;
    }

    /// <summary>From now on; without methods it is for all of them.</summary>
    public void Does(NodeFault fault, params string[] methods) => _faults = [(fault, methods)];

    public void DoesWell() => _faults = [];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var read = JsonNode.Parse(body.ToArray())!;
        List<JsonNode> requests = read is JsonArray many ? [.. many.Select(one => one!)] : [read];
        requests.ForEach(request => Asked.Enqueue(Method(request)));
        var met = _faults.Where(fault => fault.Methods.Length == 0 || requests.Any(request => fault.Methods.Contains(Method(request)))).Select(fault => fault.Fault).ToList();
        foreach (var fault in met)
        {
            switch (fault)
            {
                case NodeFault.Hangs:
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                    return;
                case NodeFault.TooMany:
                    context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                    context.Response.Headers.RetryAfter = "1";
                    return;
                case NodeFault.Broken:
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return;
                case NodeFault.Gibberish:
                    await context.Response.WriteAsync("<html>Too bad</html>");
                    return;
                case NodeFault.Resets:
                    context.Abort();
                    return;
                case NodeFault.SmallBatches when requests.Count > FewAtOnce:
                    await context.Response.WriteAsync("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}""");
                    return;
            }
        }

        var top = met.Contains(NodeFault.Lags) ? await Head() - LagBlocks : long.MaxValue;
        if (top < long.MaxValue)
        {
            requests.Where(request => Method(request) == "eth_getBlockByNumber" && request["params"]![0]!.GetValue<string>() == "latest").ToList()
                .ForEach(request => request["params"]![0] = $"0x{top:x}");
        }

        var answer = JsonNode.Parse(await _node(System.Text.Encoding.UTF8.GetBytes(read.ToJsonString())))!;
        foreach (var one in answer is JsonArray answers ? answers.Select(one => one!) : [answer])
        {
            var request = requests.First(request => request["id"]!.GetValue<int>() == one["id"]!.GetValue<int>());
            foreach (var (fault, methods) in _faults.Where(fault => fault.Methods.Length == 0 || fault.Methods.Contains(Method(request))))
            {
                Spoil(one.AsObject(), Method(request), fault, top);
            }
        }

        var text = answer.ToJsonString();
        await context.Response.WriteAsync(met.Contains(NodeFault.Truncates) ? text[..(text.Length / 2)] : text);
    }

    private static string Method(JsonNode request) => request["method"]!.GetValue<string>();

    private static void Spoil(JsonObject answer, string method, NodeFault fault, long top)
    {
        switch (fault, method)
        {
            case (NodeFault.Nothing, _) when method != "eth_chainId":
                answer["result"] = method == "eth_getLogs" ? new JsonArray() : null;
                break;
            case (NodeFault.OtherChain, "eth_chainId"):
                answer["result"] = "0x5";
                break;
            case (NodeFault.NoLogs or NodeFault.Lags, "eth_getLogs"):
                answer.Remove("error");
                answer["result"] = new JsonArray();
                break;
            case (NodeFault.DropsLogs, "eth_getLogs") when answer["result"] is JsonArray { Count: > 0 } logs:
                logs.RemoveAt(logs.Count - 1);
                break;
            case (NodeFault.Lags, "eth_getBlockByNumber") when answer["result"] is JsonObject block && Convert.ToInt64(block["number"]!.GetValue<string>(), 16) > top:
                answer["result"] = null;
                break;
            case (NodeFault.OtherHashes, "eth_getBlockByNumber") when answer["result"] is JsonObject block:
                block["hash"] = "0x" + new string([.. block["hash"]!.GetValue<string>()[2..].Reverse()]);
                break;
            case (NodeFault.Errors, _) when method != "eth_chainId":
                answer.Remove("result");
                answer["error"] = new JsonObject { ["code"] = -32000, ["message"] = "upstream failed" };
                break;
        }
    }

    private async Task<long> Head()
    {
        var head = JsonNode.Parse(await _node("""{"jsonrpc":"2.0","id":0,"method":"eth_getBlockByNumber","params":["latest",false]}"""u8.ToArray()))!;
        return Convert.ToInt64(head["result"]!["number"]!.GetValue<string>(), 16);
    }
}
