using System.Diagnostics;
using ChatOps.Tests.Fakes;
using NodaTime;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// Three replicas on one database behind a load balancer, killed, frozen and cut off from the database while alerts, people and timers go on.
/// <c>CHATOPS_REPLICA_SECONDS</c> makes it longer than the suite can wait.
/// </summary>
[Collection(Alone)]
public sealed class ReplicaScenarios(ITestOutputHelper output)
{
    private const string Alone = "Replicas";

    private const int Alerts = 500;
    private const int UsualSeconds = 32;

    // Slack: a message a second and channel.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);
    private static readonly Duration Longest = Duration.FromSeconds(30);

    private readonly Stopwatch _watch = new();

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Killed_frozen_and_without_their_database_for_a_while_replicas_tell_everything_once()
    {
        _watch.Start();
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("CHATOPS_REPLICA_SECONDS"), out var asked) ? asked : UsualSeconds;
        var alerts = Alerts * seconds / UsualSeconds;
        await using var database = await RealPostgres.Start();
        await using var chat = await FakeChat.Open(Pace);
        await using var pager = await FakePagerDuty.Open();
        string[] settings =
        [
            "--Storage:Provider=Postgres", $"--Storage:ConnectionString={await database.Database()}", ReplicaChild.ChatAt(chat.Address), .. pager.Settings, .. ReplicaNight.Settings,
        ];
        await using var one = new ReplicaProcess("replica-1", settings);
        await using var two = new ReplicaProcess("replica-2", settings);
        await using var three = new ReplicaProcess("replica-3", settings);
        ReplicaProcess[] replicas = [one, two, three];
        await Task.WhenAll(replicas.Select(replica => replica.Start()));
        Say($"three replicas are up; {alerts} alerts in {seconds} s");

        using var bot = new HttpClient(new LoadBalancer([.. replicas.Select(replica => replica.Address)])) { BaseAddress = new Uri("http://replicas"), Timeout = TimeSpan.FromSeconds(60) };
        var night = new ReplicaNight(bot, alerts, TimeSpan.FromSeconds(seconds));
        var working = night.Work();
        try
        {
            await Harm(replicas, night, database, working);
            await working;
            var state = await EverythingIsShown(night);
            Say($"all is shown; the hooks were posted to {night.Posts} times, the chat asked for patience {chat.TooSoon} times");
            await Task.WhenAll(replicas.Select(replica => replica.Stop()));
            Check(state, alerts, chat, pager);
        }
        finally
        {
            foreach (var (line, times) in replicas.SelectMany(replica => replica.Complaints).Select(Gist).CountBy(line => line).OrderByDescending(line => line.Value).Take(40))
            {
                output.WriteLine($"{times} x {line}");
            }
        }
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_second_replica_with_the_same_name_is_refused_in_words_and_the_first_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("chatops-twins-").FullName;
        string[] settings = ["--Urls=http://127.0.0.1:0", "--Replica:Name=twin", "--Storage:Provider=Postgres", $"--Storage:ConnectionString={await (await RealPostgres.Shared).Database()}"];
        await using var first = ProgramProcess.Start(folder, settings);
        using var http = new HttpClient { BaseAddress = await first.Listens() };
        await World.Until(async () => (await http.GetStringAsync("/readyz")).Contains("ok, held here", StringComparison.Ordinal), "The first has no lease.");

        await using var second = ProgramProcess.Start(folder, settings);
        Assert.Equal(1, await second.Exit());
        Assert.Contains("Another replica called twin is running on this database. Give each a name of its own: Replica__Name", second.Errors, StringComparison.Ordinal);

        Assert.Contains("chatops_lease_held{name=\"chat/local\"} 1", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        first.Terminate();
        Assert.Equal(0, await first.Exit());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Every few seconds a replica is killed and started again; once the one that sends to the chat is frozen for longer than its lease, once the database crashes.</summary>
    private async Task Harm(ReplicaProcess[] replicas, ReplicaNight night, RealPostgres database, Task working)
    {
        for (var round = 0; round < 5 || !working.IsCompleted; round++)
        {
            await Task.Delay(Pause, TimeProvider.System);
            switch (round % 5)
            {
                case 1:
                    var holder = await Sender(replicas, night);
                    await holder.Freeze();
                    Say($"{holder.Name}, which sends to the chat, is frozen");
                    var frozen = Task.Delay(Frozen, TimeProvider.System);
                    await KillAndStart(replicas.First(replica => replica != holder));
                    await frozen;
                    await holder.Thaw();
                    Say($"{holder.Name} goes on");
                    break;
                case 3:
                    await database.Crash();
                    await database.StartAgain();
                    Say("the database has crashed and is back");
                    break;
                case 4:
                    await KillAndStart(await Sender(replicas, night));
                    break;
                default:
                    await KillAndStart(replicas[round % replicas.Length]);
                    break;
            }
        }
    }

    private static async Task<ReplicaProcess> Sender(ReplicaProcess[] replicas, ReplicaNight night)
    {
        var name = (await night.Progress())?.Sender;
        return replicas.FirstOrDefault(replica => replica.Name == name) ?? replicas[0];
    }

    private async Task KillAndStart(ReplicaProcess replica)
    {
        await replica.Kill();
        Say($"{replica.Name} is killed");
        await replica.Start();
        Say($"{replica.Name} is up again");
    }

    private static async Task<ReplicaState> EverythingIsShown(ReplicaNight night)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var progress = await night.Progress();
            if (progress is { Waiting: 0, Due: 0 } && await night.State() is { } state)
            {
                return state;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Quiet, $"It does not come to an end: {progress}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    private void Check(ReplicaState state, int alerts, FakeChat chat, FakePagerDuty pager)
    {
        Assert.Equal(alerts, state.Alerts.Count);
        Assert.Equal(alerts, state.Alerts.DistinctBy(alert => alert.Title).Count());
        var entries = state.Entries.ToLookup(entry => entry.Subject);
        foreach (var alert in state.Alerts)
        {
            Assert.Equal(Enumerable.Range(1, alert.Entries).Select(number => $"{alert.Id}/{number:D6}"), entries[alert.Id].Select(entry => entry.Id));
            Assert.Empty(entries[alert.Id].Where(entry => entry.What.Contains("(step", StringComparison.Ordinal)).CountBy(entry => entry.What[entry.What.LastIndexOf("(step", StringComparison.Ordinal)..]).Where(step => step.Value > 1));
        }

        List<Message> remote = [.. chat.Messages.Select(message => new Message(message.Reference, message.Thread, message.Subject, message.Token, message.Text, Instant.FromDateTimeOffset(message.At)))];
        List<Message> local = [.. state.Local.Select(message => new Message(message.Id, message.Thread, message.Subject, message.Token, message.Text, message.At))];
        CheckChat("the remote chat", remote, state, entries);
        CheckChat("the local chat", local, state, entries);
        // Each card looks the same in both, so neither was left as it once was.
        Assert.Equal(Cards(local), Cards(remote));

        var pages = pager.Pages.Select(page => page.Key).ToList();
        // Whoever acknowledged an alert before its page went out is not rung up any more: such a page need not be there, every other must.
        Assert.All(state.Alerts.Where(alert => !alert.Acknowledged), alert => Assert.Equal(alert.Pages, pages.Count(key => key.StartsWith(alert.Id + "/", StringComparison.Ordinal))));
        Assert.InRange(pages.Count, 1, state.Alerts.Sum(alert => alert.Pages));
        Assert.Equal(pages.Count, pages.Select(key => key.Split('/') is [var alert, var page, _] ? $"{alert}/{page}" : key).Distinct().Count());
        output.WriteLine($"{state.Alerts.Count} alerts, {state.Entries.Count} entries, {state.Alerts.Count(alert => alert.Acknowledged)} acknowledged, {pages.Count} pages; {remote.Count} messages in the remote chat, {local.Count} in the local one");
    }

    private void CheckChat(string where, List<Message> messages, ReplicaState state, ILookup<string, ReplicaState.StoredEntry> entries)
    {
        Assert.Empty(messages.CountBy(message => message.Token).Where(token => token.Value > 1));
        Assert.Equal(state.Announcements, messages.Count(message => message.Thread is null && !message.Subject.StartsWith("A-", StringComparison.Ordinal)));
        var delays = new List<Duration>();
        foreach (var alert in state.Alerts)
        {
            var card = Assert.Single(messages, message => message.Subject == alert.Id && message.Thread is null);
            var thread = messages.Where(message => message.Thread == card.Reference).ToList();
            Assert.Equal(entries[alert.Id].Count(), thread.Count);
            delays.Add(card.At - alert.OpenedAt);
            delays.AddRange(thread.Zip(entries[alert.Id], (message, entry) => message.At - entry.At));
        }

        delays.Sort();
        output.WriteLine($"from stored to shown in {where}: half within {delays[delays.Count / 2].TotalSeconds:0.0} s, 95 % within {delays[delays.Count * 95 / 100].TotalSeconds:0.0} s, the longest {delays[^1].TotalSeconds:0.0} s");
        Assert.True(delays[^1] < Longest, $"Something took {delays[^1]} to be shown in {where}.");
    }

    private static IEnumerable<string> Cards(IEnumerable<Message> messages) =>
        messages.Where(message => message.Thread is null).Select(message => $"{message.Subject}: {message.Text}").Order(StringComparer.Ordinal);

    private static string Gist(string line) => line.Length > 220 ? line[..220] : line;

    private void Say(string what) => output.WriteLine($"{_watch.Elapsed.TotalSeconds,5:0.0} s  {what}");

    /// <summary>Three replicas and a database are a machine's fill: beside other tests the delays that are looked at would be theirs.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class BesideNothingElse;

    private sealed record Message(string Reference, string? Thread, string Subject, string Token, string Text, Instant At);
}
