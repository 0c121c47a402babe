using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Benchmarks.Chains;

/// <summary>A node that has all its answers in memory, in a process of its own, so that its work is not counted as the follower's.</summary>
internal static class ChainServer
{
    /// <summary>The sub-command with which the harness starts itself as this server.</summary>
    public const string Name = "serve-chain";

    // After a downtime: what is measured is how fast the bot comes after it, and not how fast it tells what is new.
    private static readonly TimeSpan Age = TimeSpan.FromHours(2);

    public static Command Make()
    {
        var (blocks, transactions, touching) = (new Argument<int>("blocks"), new Argument<int>("transactions"), new Argument<int>("touching"));
        var command = new Command(Name, "Serves a busy chain by JSON-RPC.") { blocks, transactions, touching };
        command.Hidden = true;
        command.SetAction((parsed, stop) => Run(BusyChain.Make(parsed.GetValue(blocks), parsed.GetValue(transactions), parsed.GetValue(touching), TimeProvider.System.GetUtcNow() - Age), stop));
        return command;
    }

    private static async Task Run(MadeChain chain, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        await using var app = builder.Build();
        app.MapPost("/", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            chain.Answer(body.GetBuffer().AsMemory(0, (int)body.Length), context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        });
        await app.StartAsync(cancel);
        await app.WaitForShutdownAsync(cancel);
    }
}
