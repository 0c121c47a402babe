using System.Collections.Concurrent;
using System.Diagnostics;
using ChatOps.Tests.Fakes;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// The process is killed with SIGKILL before and after every commit and every outgoing call of a night, one run for each, and started again: every
/// run ends as the one that nobody killed, with each message there once.
/// </summary>
public sealed class KilledAnywhere(ITestOutputHelper output)
{
    [Fact]
    public Task Killed_before_and_after_every_commit_and_every_call_it_ends_in_the_same_state_with_each_message_there_once() =>
        new Kills(output, () => new Lane(bot => Task.FromResult<INight>(new NightShift(bot)))).Prove(_ => true);

    [Fact]
    public Task Killed_while_it_follows_a_chain_that_is_reorganised_it_tells_each_transaction_once_and_no_ghost()
    {
        // One beginning for all nights: blocks have the same hashes in each.
        var began = TimeProvider.System.GetUtcNow();
        return new Kills(output, () => new Lane(async bot => await ChainNight.Begin(bot, began))).Prove(ChainNight.IsOfTheChain);
    }
}

/// <summary>Runs a night undisturbed, then once more for each moment at which it can die.</summary>
internal sealed class Kills(ITestOutputHelper output, Func<Lane> makeLane)
{
    private const int Lanes = 3;

    // A point that a run did not come by (a slow machine drew two changes in one) is tried again so often.
    private const int Attempts = 3;

    private readonly ConcurrentQueue<string> _failures = new();
    private TimeSpan _longest;

    /// <param name="deadly">At which of the moments it is killed.</param>
    public async Task Prove(Predicate<string> deadly)
    {
        var watch = Stopwatch.StartNew();
        Ending reference;
        await using (var lane = makeLane())
        {
            reference = await lane.Night(null);
        }

        Assert.Equal(reference.Points.Count, reference.Points.Distinct().Count());
        Assert.Empty(reference.Repeated);
        var moments = new ConcurrentQueue<string>(Moments.Of(reference.Points).Where(moment => deadly(moment)));
        var all = moments.Count;
        output.WriteLine($"{reference.Points.Count / 2} commits and calls, {all} moments to die at; the undisturbed night took {watch.ElapsedMilliseconds} ms");
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => Kill(moments, reference))));

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0} s; the longest night took {_longest.TotalSeconds:0.0} s");
        Assert.True(_failures.IsEmpty, $"{_failures.Count} of {all} kills did harm:\n{string.Join("\n\n", _failures.Take(5))}");
    }

    private async Task Kill(ConcurrentQueue<string> moments, Ending reference)
    {
        await using var lane = makeLane();
        while (moments.TryDequeue(out var moment))
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                var ending = await lane.Night(moment);
                for (var attempt = 1; !ending.Died && attempt < Attempts; attempt++)
                {
                    ending = await lane.Night(moment);
                }

                if ((ending.Died ? ending.DifferenceTo(reference) : "it never came by there") is { Length: > 0 } difference)
                {
                    _failures.Enqueue($"Killed {moment}: {difference}");
                }

                var took = TimeProvider.System.GetElapsedTime(began);
                _longest = took > _longest ? took : _longest;
            }
            catch (Exception fault)
            {
                _failures.Enqueue($"Killed {moment}: {fault}");
                return;
            }
        }
    }
}

/// <summary>How a night ended.</summary>
internal sealed record Ending(bool Died, IReadOnlyCollection<string> Points, BotState Stored, IReadOnlyList<string> Local, IReadOnlyList<FakeMessage> Remote, IReadOnlyCollection<string> Errors)
{
    /// <summary>Tokens that more than one message was posted with.</summary>
    public IEnumerable<string> Repeated => Remote.CountBy(message => message.Token).Where(token => token.Value > 1).Select(token => token.Key);

    public string DifferenceTo(Ending other) => string.Join("\n", new[]
    {
        Difference("stored", Stored.Documents, other.Stored.Documents),
        Difference("in the local chat", Local, other.Local),
        Difference("in the remote chat", NightShift.Standing(Remote), NightShift.Standing(other.Remote)),
        Difference("tokens that came twice", [.. Repeated], []),
        Difference("errors", [.. Errors], []),
    }.Where(part => part.Length > 0));

    private static string Difference(string where, IReadOnlyCollection<string> here, IReadOnlyCollection<string> there) => here.SequenceEqual(there) ? "" :
        $"{where}:\n{string.Join('\n', here.Except(there).Select(line => "  is there: " + line).Concat(there.Except(here).Select(line => "  missing:  " + line)).DefaultIfEmpty("  other order or number"))}";
}

/// <summary>What happens to a bot that may die at any moment of it.</summary>
internal interface INight : IAsyncDisposable
{
    Task Work();

    /// <summary>Waits until both chats show everything.</summary>
    Task Quiet();

    /// <summary>What stands in the local chat, the same in each run.</summary>
    Task<IReadOnlyList<string>> LocalMessages();
}

/// <summary>
/// Nights one after another. The process that a bot was started in again, after its death, has done its work at the end of the night: the next night's bot is
/// killed in it. That halves the number of processes, and each one that takes over is new.
/// </summary>
/// <param name="begin">What happens in each.</param>
internal sealed class Lane(Func<MortalBot, Task<INight>> begin) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-killed-");
    private BotProcess _first = BotProcess.Start();
    private BotProcess _spare = BotProcess.Start();
    private int _nights;

    public async Task<Ending> Night(string? deadly)
    {
        var file = Path.Combine(_folder.FullName, $"{++_nights}.db");
        await using var chat = await FakeChat.Open();
        using var bot = new MortalBot(_first, _spare, file, chat.Address, deadly);
        await using var night = await begin(bot);
        await night.Work();
        BotState stored;
        IReadOnlyList<string> local;
        do
        {
            await night.Quiet();
            stored = await bot.State();
            local = await night.LocalMessages();
        }
        while (!await bot.Stop());

        var ending = new Ending(bot.HasDied, [.. bot.Process.Points], stored, local, chat.Messages, [.. bot.Process.Errors]);
        if (bot.HasDied)
        {
            await _first.DisposeAsync();
            (_first, _spare) = (_spare, BotProcess.Start());
        }

        return ending;
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _spare.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
