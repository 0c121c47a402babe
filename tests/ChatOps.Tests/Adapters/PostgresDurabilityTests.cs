using System.Collections.Concurrent;
using ChatOps.Benchmarks.Durability;
using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>What was answered with success survives a kill of the program and a crash of the server, and a commit is whole or not there.</summary>
public sealed class PostgresDurabilityTests(ITestOutputHelper output)
{
    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Every_answered_commit_survives_kill_9_of_the_program()
    {
        const int Rounds = 25;
        var dice = new Random(20261123);
        var database = await (await RealPostgres.Shared).Database();
        var answered = new HashSet<long>();
        await using var store = Open(database);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var number in await KilledAfter(TimeSpan.FromMilliseconds(dice.Next(5, 150)), database))
            {
                Assert.True(answered.Add(number), $"the number {number} was given twice");
            }

            await CheckWhole(store, answered);
        }

        output.WriteLine($"{Rounds} kills: {answered.Count} answered, {await store.Count(Index<Receipt>.Id, Keys.All)} stored");
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Every_answered_commit_survives_a_crash_of_the_server_and_the_store_recovers_by_itself()
    {
        const int Crashes = 4, Writers = 8;
        await using var server = await RealPostgres.Start();
        await using var store = Open(await server.Database());
        var answered = new ConcurrentDictionary<long, bool>();
        var unknown = new ConcurrentBag<string>();
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    var number = await store.NextNumber("N");
                    Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(new Receipt($"{number}", number)).Put(new Parcel($"{number}") { Serial = $"{number}", Shelf = "kept" })));
                    Assert.True(answered.TryAdd(number, true), $"the number {number} was given twice");
                }
                catch (StoreException fault)
                {
                    unknown.Add(fault.Message);
                }
            }
        })).ToList();

        for (var crash = 0; crash < Crashes; crash++)
        {
            var before = answered.Count;
            await World.Until(() => Task.FromResult(answered.Count > before + 100), "nothing is stored any more");
            await server.Crash();
            await server.StartAgain();
        }

        var last = answered.Count;
        await World.Until(() => Task.FromResult(answered.Count > last + 100), "nothing is stored any more");
        await done.CancelAsync();
        await Task.WhenAll(writers);
        await CheckWhole(store, [.. answered.Keys]);
        output.WriteLine($"{Crashes} crashes: {answered.Count} answered, {await store.Count(Index<Receipt>.Id, Keys.All)} stored; {unknown.Count} unknown: {string.Join(" | ", unknown.Distinct())}");
        // Only those that were under way can have been left in doubt.
        Assert.True(unknown.Count <= Crashes * Writers);
        Assert.All(unknown, message => Assert.EndsWith("it may or may not be stored", message, StringComparison.Ordinal));
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_restart_between_two_commits_is_not_noticed_and_a_longer_absence_is_said()
    {
        await using var server = await RealPostgres.Start();
        await using var store = Open(await server.Database());
        // Several connections in the pool, all of which break.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => store.Commit(new Commit().Put(new Receipt($"{i}", i)))));

        foreach (var end in new[] { server.Stop, server.Crash })
        {
            await end();
            await server.StartAgain();
            Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put((await store.Find<Receipt>("0"))! with { Number = 99 })));
        }

        await server.Stop();
        Assert.Contains("cannot be reached: ", (await store.Database.Ask(CancellationToken.None))!.Message, StringComparison.Ordinal);
        var commit = store.Commit(new Commit().Put(new Receipt("patient", 1)));
        var failed = await Assert.ThrowsAsync<StoreException>(async () => await store.Find<Receipt>("0"));
        Assert.Contains("cannot be reached: ", failed.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => commit);
        await server.StartAgain();
        Assert.Null(await store.Database.Ask(CancellationToken.None));
        Assert.Null(await store.Find<Receipt>("patient"));
    }

    /// <summary>It waits for a connection as it would for a server that is frozen.</summary>
    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Whoever_looks_hears_within_three_seconds_that_the_database_does_not_answer()
    {
        await using var store = Open(await (await RealPostgres.Shared).Database() + ";Maximum Pool Size=1");
        var clock = new FakeTimeProvider();
        var readiness = new PostgresReadiness(store, clock);
        await using (await store.Database.Open(CancellationToken.None))
        {
            var looks = new[] { readiness.Look(CancellationToken.None).AsTask(), readiness.Look(CancellationToken.None).AsTask() };
            clock.Advance(TimeSpan.FromSeconds(3));

            Assert.All(await Task.WhenAll(looks), look => Assert.EndsWith("has not answered for 3 s", look.State, StringComparison.Ordinal));
        }

        await World.Until(async () => (await readiness.Look(CancellationToken.None)).Works, "it does not notice that the database is back");
    }

    private static PostgresStore Open(string database) => PostgresStore.Open(RealPostgres.Connection(database), Ledger.Collections, TimeProvider.System, NullLogger.Instance);

    private static async Task<List<long>> KilledAfter(TimeSpan time, string database)
    {
        using var child = StoreChild.Start(database);
        var answered = new List<long>();
        Task? kill = null;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            answered.Add(long.Parse(line));
            kill ??= Task.Delay(time, TimeProvider.System).ContinueWith(_ => child.Kill(), TaskScheduler.Default);
        }

        await kill!;
        await child.WaitForExitAsync();
        return answered;
    }

    /// <summary>A commit that nobody was told of may still arrive while this looks: the server goes on with what it got before the kill.</summary>
    private static async Task CheckWhole(PostgresStore store, HashSet<long> answered)
    {
        var parcels = await store.List(Parcel.ByShelf, Keys.Exactly("kept"));
        var receipts = (await store.List(Index<Receipt>.Id, Keys.All)).Select(receipt => receipt.Number).ToHashSet();
        Assert.Empty(answered.Except(parcels.Select(parcel => long.Parse(parcel.Id))));
        Assert.Empty(parcels.Select(parcel => long.Parse(parcel.Id)).Except(receipts));
        await World.Until(async () => await store.Count(Parcel.ByShelf, Keys.All) == await store.Count(Index<Receipt>.Id, Keys.All), "a commit is half there");
        await World.Until(async () => await store.Count(Parcel.BySerial, Keys.All) == await store.Count(Index<Parcel>.Id, Keys.All), "a key is missing");
        Assert.True(await store.NextNumber("N") > receipts.Max());
    }
}
