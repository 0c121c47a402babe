using ChatOps.Core.Storage;

namespace ChatOps.Tests.Conformance;

public abstract partial class StoreContract
{
    [ContractFact]
    public async Task A_refused_commit_of_a_burst_never_fails_its_neighbours()
    {
        await Put(new Tally("contested", 0));
        var read = await Get<Tally>("contested");

        // Every fourth commit brings the same guarded change along; all but one of those must be refused, whole.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var commit = new Commit().Put(new Tally($"own {i}", i));
            return (Contested: i % 4 == 0, Index: i, Outcome: await Store.Commit(i % 4 == 0 ? commit.Put(read with { Sum = i }) : commit));
        })));

        Assert.All(outcomes.Where(one => !one.Contested), one => Assert.Equal(CommitOutcome.Stored, one.Outcome));
        var winner = Assert.Single(outcomes, one => one is { Contested: true, Outcome: CommitOutcome.Stored });
        Assert.Equal(new Tally("contested", winner.Index) { Version = 2 }, await Store.Find<Tally>("contested"));
        foreach (var one in outcomes)
        {
            Assert.Equal(one.Outcome == CommitOutcome.Stored, await Store.Find<Tally>($"own {one.Index}") is not null);
        }
    }

    [ContractFact]
    public async Task Sixty_four_writers_that_retry_add_up_exactly()
    {
        const int Writers = 64, Commits = 10;
        await Put(new Tally("sum", 0));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Commits; i++)
            {
                CommitOutcome outcome;
                do
                {
                    var read = await Get<Tally>("sum");
                    outcome = await Store.Commit(new Commit().Put(read with { Sum = read.Sum + 1 }).Put(new Gadget($"{writer}/{i}/{read.Version}")));
                }
                while (outcome == CommitOutcome.Conflict);
            }
        })));

        Assert.Equal(new Tally("sum", Writers * Commits) { Version = (Writers * Commits) + 1 }, await Store.Find<Tally>("sum"));
        Assert.Equal(Writers * Commits, await Store.Count(Index<Gadget>.Id, Keys.All));
    }

    [ContractFact]
    public async Task Reads_see_every_commit_that_was_answered()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            for (var i = 1; i <= 10; i++)
            {
                await Put(new Gadget($"{writer}/{i}") { Shelf = $"w{writer:00}/{i:00}", Name = new string('x', 3_000) });
                Assert.NotNull(await Store.Find<Gadget>($"{writer}/{i}"));
                Assert.Equal(i, (await Store.List(Gadget.ByShelf, Keys.Prefix($"w{writer:00}/"))).Count);
                Assert.Equal(i, await Store.Count(Gadget.ByShelf, Keys.Prefix($"w{writer:00}/")));
            }
        })));
    }

    [ContractFact]
    public async Task Readers_see_all_of_a_commit_or_nothing_of_it()
    {
        await Put(new Tally("left", 0), new Tally("right", 0));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Single((await Store.List(Index<Tally>.Id, Keys.All)).Select(tally => tally.Sum).Distinct());
                // A read that completes at once would keep its pool thread for ever.
                await Task.Yield();
            }
        })).ToList();

        for (var i = 1; i <= 100; i++)
        {
            await Put((await Get<Tally>("left")) with { Sum = i }, (await Get<Tally>("right")) with { Sum = i });
        }

        await done.CancelAsync();

        await Task.WhenAll(readers);
    }

    [ContractFact]
    public async Task Numbers_start_at_one_and_are_never_given_twice()
    {
        var first = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await Store.NextNumber("A"))));
        Assert.Equal(1, first.Min());
        Assert.Equal(1, await Store.NextNumber("a"));
        await Put(new Tally("with a number", first.Max()));
        await Reopen();

        var second = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await Store.NextNumber("A"))));

        Assert.Equal(400, first.Concat(second).Distinct().Count());
        Assert.True(second.Min() > first.Max());
        Assert.True(await Store.NextNumber("a") > 1);
    }

    [ContractFact]
    public async Task Everything_is_there_after_a_restart()
    {
        await Put(new Gadget("g") { Serial = "s", Shelf = "left" }, new Tally("t", 1));
        await Put((await Get<Tally>("t")) with { Sum = 2 });
        await Reopen();

        Assert.Equal("s", Assert.Single(await Store.List(Gadget.ByShelf, Keys.All)).Serial);
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Put(new Gadget("other") { Serial = "s" })));
        Assert.Equal(new Tally("t", 2) { Version = 2 }, await Store.Find<Tally>("t"));
        await Put((await Get<Tally>("t")) with { Sum = 3 });
    }

    [ContractFact]
    public async Task A_caller_that_gives_up_waiting_leaves_the_store_whole()
    {
        using var cancel = new CancellationTokenSource();
        var commits = Enumerable.Range(0, 50).Select(i => Store.Commit(new Commit().Put([new Tally($"{i}/a", i), new Tally($"{i}/b", i)]), cancel.Token)).ToList();
        await cancel.CancelAsync();
        await Task.WhenAll(commits.Select(commit => commit.ContinueWith(_ => { }, TaskScheduler.Default)));
        await Put(new Tally("afterwards", 1));

        Assert.Equal(0, (await Store.Count(Index<Tally>.Id, Keys.All) - 1) % 2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Find<Tally>("afterwards", cancel.Token));
    }
}
