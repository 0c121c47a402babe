using System.CommandLine;
using ChatOps.Benchmarks.Chains;
using ChatOps.Benchmarks.Durability;
using ChatOps.Benchmarks.History;
using ChatOps.Benchmarks.Loads;
using ChatOps.Benchmarks.Measuring;
using ChatOps.Benchmarks.Servers;
using ChatOps.Benchmarks.Throughput;

namespace ChatOps.Benchmarks;

/// <summary>The harness's command line. Exit codes: 0 fine, 1 a request was answered wrongly or a server does not start, 2 bad arguments; errors go to stderr.</summary>
internal static class CommandLine
{
    /// <summary>The sub-command with which the harness starts itself as the bare server.</summary>
    public const string BareName = "serve-bare";

    private const int Failed = 1;
    private const int Misused = 2;
    private const int FaultsShown = 3;

    private static readonly TimeSpan ToPutAway = TimeSpan.FromSeconds(15);

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        var plan = new PlanOptions();
        var target = new Option<Target>("--target") { Description = "What kind of server it is: it decides what is sent.", DefaultValueFactory = _ => Target.ChatOps };
        var url = new Option<Uri?>("--url") { Description = "A server that runs already, on a loopback address. Without it one is started, with a new data file.", CustomParser = LoopbackUrl.Parse };
        var pid = new Option<int?>("--pid") { Description = "The process of the server at --url, for its processor time and memory." };
        var names = new Option<string[]>("--load") { Description = "Which loads to send; all without it.", AllowMultipleArgumentsPerToken = true };
        var known = TargetLoads.Of(Target.ChatOps, new AlertBodies(TimeProvider.System));
        names.AcceptOnlyFromAmong([.. known.Select(load => load.Name)]);
        var rounds = new Option<int>("--rounds") { Description = "How often each server has its turn; the median counts.", DefaultValueFactory = _ => 3 }.Within(1, 20);

        var compare = new Command("compare", "The same alerts into a bare ASP.NET endpoint, Debian's Alertmanager and the bot, in turns, with the ratios.") { rounds };
        var bare = new Command(BareName, "Serves an endpoint that only reads bodies.") { Hidden = true };
        var childPath = new Argument<string>("path");
        var child = new Command(StoreChild.Name, "Stores numbers until it is killed.") { childPath };
        child.Hidden = true;
        child.SetAction(parsed => StoreChild.Run(parsed.GetValue(childPath)!));
        var durability = DurabilityCommand.Make(plan, output, errors);
        var store = StoreCommand.Make(plan, output);
        var million = MillionCommand.Make(plan, output);
        var root = new RootCommand($"Measures the bot under load over HTTP, on this machine only. The loads:\n{string.Join('\n', known.Select(load => $"  {load.Name,-8} {load.What}"))}") { target, url, pid, names, compare, durability, store, million, PostgresCommand.Make(plan, output, errors), SlackCommand.Make(plan, measure => Guarded(measure, errors), output), ChainCommand.Make(plan, output, errors), ChainServer.Make(), bare, child };
        plan.All.ForEach(root.Add);
        root.Validators.Add(given =>
        {
            if (given.GetResult(pid) is { Implicit: false } && given.GetResult(url) is null or { Implicit: true })
            {
                given.AddError("--pid belongs to --url: a server that is started here is known.");
            }
        });

        root.SetAction((parsed, stop) => Guarded(
            async () =>
            {
                var read = plan.Read(parsed);
                await output.WriteLineAsync($"{parsed.GetValue(target)}: {read.Words}\n");
                await using var started = parsed.GetValue(url) is null ? await new Starting(parsed.GetValue(plan.Folder)!).Start(parsed.GetValue(target), read, stop) : null;
                using var elsewhere = parsed.GetValue(url) is { } given ? new Server($"{parsed.GetValue(target)}", given, parsed.GetValue(pid), read.Connections) : null;
                var measured = new List<Measurement>();
                var wanted = parsed.GetValue(names) is { Length: > 0 } some ? some : [.. known.Select(load => load.Name)];
                foreach (var load in TargetLoads.Of(parsed.GetValue(target), new AlertBodies(TimeProvider.System)).Where(load => wanted.Contains(load.Name)))
                {
                    measured.Add(await new LoadDriver(read, TimeProvider.System).Run(started?.Server ?? elsewhere!, load, stop));
                }

                Table.Of(measured).Print(output);
                return measured;
            },
            errors));
        compare.SetAction((parsed, stop) => Guarded(
            async () =>
            {
                await output.WriteLineAsync(plan.Read(parsed).Words);
                return await new Comparison(plan.Read(parsed), new Starting(parsed.GetValue(plan.Folder)!), output).Run(parsed.GetValue(rounds), stop);
            },
            errors));
        bare.SetAction((_, stop) => BareServer.Run(stop));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            parsed.Errors.ToList().ForEach(error => errors.WriteLine(error.Message));
            return Misused;
        }

        // On Ctrl-C and SIGTERM the servers that were started, and their folders, are put away first.
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = ToPutAway }, cancel);
    }

    private static async Task<int> Guarded(Func<Task<IReadOnlyList<Measurement>>> measure, TextWriter errors)
    {
        try
        {
            var faults = (await measure()).SelectMany(each => each.Faults).ToList();
            faults.Take(FaultsShown).ToList().ForEach(errors.WriteLine);
            return faults.Count > 0 ? Failed : 0;
        }
        catch (Exception fault) when (fault is ServerException or HttpRequestException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await errors.WriteLineAsync(fault.Message);
            return Failed;
        }
    }
}
