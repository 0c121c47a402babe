using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Tests.Conformance;

public abstract partial class StoreContract
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 9, 0);

    [ContractFact]
    public async Task A_unique_key_belongs_to_one_document_at_a_time()
    {
        await Put(new Gadget("a") { Serial = "s-1" });

        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Put(new Gadget("b") { Serial = "s-1" })));
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().PutOnce(new Gadget("b") { Serial = "s-1" })));
        Assert.Equal(CommitOutcome.Conflict,
            await Store.Commit(new Commit().Put(new Gadget("c") { Serial = "s-2" }).Put(new Gadget("d") { Serial = "s-2" })));
        Assert.Equal(1, await Store.Count(Index<Gadget>.Id, Keys.All));

        await Put((await Get<Gadget>("a")) with { Name = "keeps its own key" });
        await Put(new Gadget("S-1") { Serial = "S-1" });
        await Put((await Get<Gadget>("a")) with { Serial = "s-9" });
        await Put(new Gadget("b") { Serial = "s-1" });
    }

    [ContractFact]
    public async Task A_unique_key_can_move_from_one_document_to_another_in_one_commit()
    {
        var a = new Gadget("a") { Serial = "s-1" };
        await Put(a);

        await Store.Commit(new Commit().Delete(a).Put(new Gadget("b") { Serial = "s-1" }));

        Assert.Equal("b", Assert.Single(await Store.List(Gadget.BySerial, Keys.Exactly("s-1"))).Id);
    }

    [ContractFact]
    public async Task Of_concurrent_commits_with_one_unique_key_exactly_one_is_stored()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Task.Run(() => Store.Commit(new Commit().Put(new Gadget($"g{i}") { Serial = $"s{i % 4}" })))));

        Assert.Equal(4, outcomes.Count(outcome => outcome == CommitOutcome.Stored));
        Assert.Equal(4, await Store.Count(Gadget.BySerial, Keys.All));
    }

    [ContractFact]
    public async Task Documents_without_a_key_are_not_in_the_index_and_never_in_each_others_way()
    {
        await Put(new Gadget("none 1"), new Gadget("none 2"), new Gadget("empty") { Serial = "", Shelf = "" }, new Gadget("x") { Serial = "x", Shelf = "x" });

        Assert.Equal(["empty", "x"], Ids(await Store.List(Gadget.BySerial, Keys.All)));
        Assert.Equal(["x", "empty"], Ids(await Store.List(Gadget.ByShelf, Keys.All, descending: true)));
        Assert.Equal(["empty"], Ids(await Store.List(Gadget.ByShelf, Keys.UpTo(""))));
        Assert.Equal(["empty"], Ids(await Store.List(Gadget.ByShelf, Keys.Exactly(""))));
        Assert.Equal(["empty", "x"], Ids(await Store.List(Gadget.ByShelf, Keys.Prefix(""))));
        Assert.Equal(2, await Store.Count(Gadget.ByShelf, Keys.All));
        Assert.Equal(4, await Store.Count(Index<Gadget>.Id, Keys.All));

        await Put((await Get<Gadget>("x")) with { Serial = null, Shelf = null });
        Assert.Equal(["empty"], Ids(await Store.List(Gadget.ByShelf, Keys.All)));
    }

    [ContractFact]
    public async Task Lists_follow_the_order_of_the_keys_by_code_point()
    {
        string[] sorted = ["", " ", "-", "0", "10", "9", "A", "Z", "a", "aa", "z", "~", "ß", "ä"];
        await Put([.. sorted.Reverse().Select((shelf, i) => new Gadget($"g{i}") { Shelf = shelf })]);

        Assert.Equal(sorted.Order(StringComparer.Ordinal), Shelves(await Store.List(Gadget.ByShelf, Keys.All)));
        Assert.Equal(sorted.OrderDescending(StringComparer.Ordinal), Shelves(await Store.List(Gadget.ByShelf, Keys.All, descending: true)));
    }

    [ContractFact]
    public async Task Lists_take_the_keys_that_are_asked_for()
    {
        string[] shelves = ["a", "b", "b/1", "b/1", "b/2", "B/3", "b0", "c", "c/1"];
        await Put([.. shelves.Select((shelf, i) => new Gadget($"g{i}") { Shelf = shelf })]);

        await Expect(Keys.Exactly("b/1"), "b/1", "b/1");
        await Expect(Keys.Exactly("b/"));
        await Expect(Keys.Prefix("b/"), "b/1", "b/1", "b/2");
        await Expect(Keys.Prefix("x"));
        await Expect(Keys.UpTo("b/1"), "B/3", "a", "b", "b/1", "b/1");
        await Expect(Keys.UpTo("A"));
        await Expect(Keys.Between("b", "c"), "b", "b/1", "b/1", "b/2", "b0");
        await Expect(Keys.Between("b/1", "b/2"), "b/1", "b/1");
        await Expect(Keys.Between("c", "b"));
        await Expect(Keys.Between("b", "b"));
    }

    [ContractFact]
    public async Task A_limit_takes_the_first_of_the_order()
    {
        await Put([.. Enumerable.Range(0, 30).Select(i => new Gadget($"g{i:00}") { Made = Start + Duration.FromHours(i) })]);

        Assert.Equal(["g29", "g28", "g27"], Ids(await Store.List(Gadget.ByMade, Keys.All, limit: 3, descending: true)));
        Assert.Equal(["g00", "g01"], Ids(await Store.List(Gadget.ByMade, Keys.All, limit: 2)));
        Assert.Equal(["g05", "g04"], Ids(await Store.List(Gadget.ByMade, Keys.UpTo(Keys.At(Start + Duration.FromHours(5))), limit: 2, descending: true)));
        Assert.Equal(["g09"], Ids(await Store.List(Gadget.ByMade, Keys.Between(Keys.At(Start), Keys.At(Start + Duration.FromHours(10))), limit: 1, descending: true)));
        Assert.Equal(["g10", "g11"], Ids(await Store.List(Index<Gadget>.Id, Keys.Prefix("g1"), limit: 2)));
        Assert.Empty(await Store.List(Gadget.ByMade, Keys.All, limit: 0));
    }

    [ContractFact]
    public async Task A_changed_key_moves_the_document_in_the_index()
    {
        await Put(new Gadget("g") { Shelf = "left" });
        await Put((await Get<Gadget>("g")) with { Shelf = "right" });

        Assert.Empty(await Store.List(Gadget.ByShelf, Keys.Exactly("left")));
        Assert.Equal(2, Assert.Single(await Store.List(Gadget.ByShelf, Keys.Exactly("right"))).Version);
    }

    private static IEnumerable<string> Ids(IEnumerable<Gadget> gadgets) => gadgets.Select(gadget => gadget.Id);

    private static IEnumerable<string?> Shelves(IEnumerable<Gadget> gadgets) => gadgets.Select(gadget => gadget.Shelf);

    private async Task Expect(Keys keys, params string[] shelves)
    {
        Assert.Equal(shelves, Shelves(await Store.List(Gadget.ByShelf, keys)));
        Assert.Equal(shelves.Reverse(), Shelves(await Store.List(Gadget.ByShelf, keys, descending: true)));
        Assert.Equal(shelves.Length, await Store.Count(Gadget.ByShelf, keys));
    }
}
