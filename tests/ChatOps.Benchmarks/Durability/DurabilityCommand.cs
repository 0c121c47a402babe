using System.CommandLine;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The durability tests of the suite, as long as one likes. Exit code 1 when anything that was answered is lost or torn.</summary>
internal static class DurabilityCommand
{
    private const int FaultsShown = 10;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static Command Make(PlanOptions plan, TextWriter output, TextWriter errors)
    {
        var isLong = new Option<bool>("--long") { Description = "1,000 kills and 5,000 cuts: about ten minutes." };
        var kills = new Option<int?>("--kills") { Description = "How often a process that is being answered is killed; 25 without --long." };
        var cuts = new Option<int?>("--cuts") { Description = "How often a simulated disk loses its power; 400 without --long." };
        var seed = new Option<int>("--seed") { Description = "Another number, other moments.", DefaultValueFactory = _ => 20261123 };
        var command = new Command("durability", "Kills the store with SIGKILL and cuts a simulated disk's power, and looks for every answered commit afterwards.") { isLong, kills, cuts, seed };
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(plan.Folder)!, $"chatops-kills-{Path.GetRandomFileName()}"));
            try
            {
                var (most, often) = parsed.GetValue(isLong) ? (1_000, 5_000) : (25, 400);
                var (times, cut) = (parsed.GetValue(kills) ?? most, parsed.GetValue(cuts) ?? often);
                var killed = await new Kills(folder.FullName, parsed.GetValue(seed)).Run(times, Progress(output, "kills", times), cancel);
                var (disk, dark) = await new PowerCuts(parsed.GetValue(seed)).Run(cut, Progress(output, "power cuts", cut), cancel);
                var (_, lied) = await new PowerCuts(parsed.GetValue(seed), lying: true).Run(cut / 10, _ => { }, cancel);
                List<string> faults = [.. killed.Faults, .. dark.Faults];
                faults.Take(FaultsShown).ToList().ForEach(errors.WriteLine);
                await output.WriteLineAsync(
                    $"{killed.Times} kills: {killed.Answered} answered commits, {killed.Faults.Count} times something lost. " +
                    $"{dark.Times} power cuts in {disk.Writes} writes and {disk.Syncs} syncs: {dark.Answered} answered commits, {dark.Faults.Count} times something lost. " +
                    $"A disk that ignores syncs was found out at {lied.Faults.Count} of {lied.Times} cuts.");
                return faults.Count > 0 || lied.Faults.Count <= lied.Times / 3 ? 1 : 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static Action<Proof> Progress(TextWriter output, string what, int of)
    {
        var last = TimeProvider.System.GetTimestamp();
        return proof =>
        {
            if (TimeProvider.System.GetElapsedTime(last) > BetweenLines)
            {
                last = TimeProvider.System.GetTimestamp();
                output.WriteLine($"{proof.Times} of {of} {what}, {proof.Answered} answered commits checked, {proof.Faults.Count} times something lost");
            }
        };
    }
}
