using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Tests.Conformance;

/// <summary>What every store promises, whatever database is behind it: <see cref="IStore"/> in examples.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected static readonly Collection[] Collections = [Gadget.Collection, Tally.Collection];

    protected IStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await Open();

    public async Task DisposeAsync() => await Close(Store);

    [ContractFact]
    public async Task A_document_comes_back_as_it_was_stored()
    {
        var gadget = new Gadget("Gadget/1 – ß 🚨")
        {
            Name = "  spaces before and after\t",
            Made = Instant.FromUtc(2026, 10, 25, 0, 30).PlusNanoseconds(123_456_789),
            Handoff = new LocalDateTime(2026, 3, 29, 2, 30, 0, 1),
            Zone = "Europe/Berlin",
            Shade = Shade.VeryDark,
            Serial = "",
            Parts = [new Part("", 0.10m, []), new Part("🔧 \"quoted\" \\ \u0000 <b>", 12345678901234567.89m, ["", " x ", "Zürich"])],
        };

        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(gadget)));
        var back = await Store.Find<Gadget>(gadget.Id);

        Assert.NotNull(back);
        Assert.Equal(1, back.Version);
        Assert.Equal(gadget with { Version = 1, Parts = back.Parts }, back);
        Assert.Equal(Gadget.Collection.Write(gadget), Gadget.Collection.Write(back));
        Assert.Equal(gadget.Parts[1].Notes, back.Parts[1].Notes);
        Assert.Equal(gadget.Parts[1] with { Notes = back.Parts[1].Notes }, back.Parts[1]);
    }

    [ContractFact]
    public async Task Ids_that_differ_in_case_or_spaces_are_different_documents()
    {
        string[] ids = ["abc", "ABC", " abc", "abc ", "ábc"];
        await Store.Commit(new Commit().Put(ids.Select(id => new Gadget(id) { Name = id })));

        foreach (var id in ids)
        {
            Assert.Equal(id, (await Store.Find<Gadget>(id))?.Name);
        }

        Assert.Null(await Store.Find<Gadget>("aBc"));
    }

    [ContractFact]
    public async Task A_write_is_refused_when_the_document_has_moved_on()
    {
        await Put(new Tally("t", 1));
        var read = await Get<Tally>("t");

        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(read with { Sum = 2 })));
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Put(read with { Sum = 3 })));

        Assert.Equal(new Tally("t", 2) { Version = 2 }, await Store.Find<Tally>("t"));
    }

    [ContractFact]
    public async Task A_new_document_is_refused_when_one_with_its_id_exists()
    {
        await Put(new Tally("t", 1));

        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Put(new Tally("t", 9))));

        Assert.Equal(1, (await Get<Tally>("t")).Sum);
    }

    [ContractFact]
    public async Task A_change_to_a_document_that_is_not_there_is_refused()
    {
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Put(new Tally("t", 1) { Version = 1 })));
        Assert.Null(await Store.Find<Tally>("t"));
    }

    [ContractFact]
    public async Task A_once_only_document_stays_as_it_was_first_and_the_rest_of_the_commit_goes_on()
    {
        await Store.Commit(new Commit().PutOnce(new Tally("once", 1)));
        var outcome = await Store.Commit(new Commit().PutOnce(new Tally("once", 2)).Put(new Tally("beside", 3)));

        Assert.Equal(CommitOutcome.Stored, outcome);
        Assert.Equal(new Tally("once", 1) { Version = 1 }, await Store.Find<Tally>("once"));
        Assert.Equal(3, (await Get<Tally>("beside")).Sum);
    }

    [ContractFact]
    public async Task A_commit_that_expects_a_version_is_stored_only_while_that_stands()
    {
        await Put(new Tally("term", 1));
        var term = await Get<Tally>("term");

        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Expect(term).Expect(new Tally("nobody", 0)).Put(new Tally("sent", 1))));
        Assert.Equal(term, await Store.Find<Tally>("term"));
        await Put(term with { Sum = 2 });

        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Expect(term).Put(new Tally("too late", 1))));
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Expect(new Tally("term", 0)).Put(new Tally("too late", 1))));
        Assert.Null(await Store.Find<Tally>("too late"));
        Assert.Null(await Store.Find<Tally>("nobody"));
    }

    [ContractFact]
    public async Task A_deleted_document_is_gone_from_every_way_in_and_its_id_is_free()
    {
        var gadget = new Gadget("g") { Serial = "s-1", Shelf = "left" };
        await Put(gadget);

        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Delete(gadget)));
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Delete(gadget)));

        Assert.Null(await Store.Find<Gadget>("g"));
        Assert.Empty(await Store.List(Gadget.ByShelf, Keys.All));
        Assert.Equal(0, await Store.Count(Gadget.BySerial, Keys.Exactly("s-1")));
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(gadget)));
    }

    [ContractFact]
    public async Task A_refused_commit_leaves_nothing_behind()
    {
        await Put(new Tally("t", 1));
        var commit = new Commit()
            .Put(new Gadget("new") { Serial = "s" })
            .Delete(new Tally("t", 0))
            .PutOnce(new Tally("once", 1))
            .Put(new Tally("moved on", 1) { Version = 7 });

        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(commit));

        Assert.Null(await Store.Find<Gadget>("new"));
        Assert.Null(await Store.Find<Tally>("once"));
        Assert.NotNull(await Store.Find<Tally>("t"));
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(new Gadget("other") { Serial = "s" })));
    }

    [ContractFact]
    public async Task A_commit_without_writes_is_stored() => Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit()));

    /// <summary>A store over the same data each time it is called.</summary>
    protected abstract Task<IStore> Open();

    protected abstract Task Close(IStore store);

    protected async Task Reopen()
    {
        await Close(Store);
        Store = await Open();
    }

    protected async Task Put(params Document[] documents) =>
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(documents)));

    protected async Task<T> Get<T>(string id)
        where T : Document, IStored<T> =>
        await Store.Find<T>(id) ?? throw new InvalidOperationException($"{id} is not there");
}
