using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NSubstitute;

namespace ChatOps.Tests.Core.Chat;

/// <summary>Two replicas' workers on one store, one of which was stopped and does not know that its time has passed.</summary>
public sealed class DeliveryLeaseTests : IAsyncLifetime
{
    private const string Name = "chat/fake";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-fenced-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly IChatPlatform _chat = Substitute.For<IChatPlatform>();
    private readonly List<string> _stands = [];
    private LiteDbStore _store = null!;
    private Func<Task>? _meanwhile;

    private Instant Now => Instant.FromDateTimeOffset(_clock.GetUtcNow());

    public Task InitializeAsync()
    {
        _store = LiteDbStore.Open(
            Path.Combine(_folder.FullName, "chatops.db"), [Mark.Collection, Shown.Collection, Announcement.Collection, Term.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        _chat.Name.Returns("fake");
        _chat.Concurrency.Returns(1);
        _chat.Post(default!, default).ReturnsForAnyArgs(call => Stands(call.Arg<OutgoingMessage>()));
        _chat.Update(default!, default!, default).ReturnsForAnyArgs(call => Stands(call.Arg<OutgoingMessage>()));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_wakes_up_after_the_tenure_sends_nothing()
    {
        using var tenure = await Tenure();
        await Say("joined");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Drain(tenure));
        Assert.Empty(_stands);
        Assert.Equal(0, await _store.Count(Shown.ByReference, Keys.All));
    }

    [Fact]
    public async Task Whose_clock_stood_still_sends_nothing_because_the_store_knows_of_a_later_tenure()
    {
        using var before = await Tenure();
        using var after = await Tenure();
        await Say("joined");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Drain(before));
        Assert.Empty(_stands);

        Assert.Null(await Drain(after));
        Assert.Equal(["joined"], _stands);
    }

    [Fact]
    public async Task An_update_that_came_too_late_is_not_taken_for_what_stands_there_and_is_drawn_over()
    {
        using var before = await Tenure();
        await Say("joined");
        await Drain(before);

        // While the first replica's update is on its way, time passes, a second takes over, and shows what is newer.
        using var after = await Tenure();
        await Say("left", version: 1);
        _meanwhile = async () =>
        {
            await Say("back", version: 2);
            await Drain(after);
            before.End();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Drain(before));
        Assert.Equal(["joined", "back", "left"], _stands);

        await Drain(after);
        Assert.Equal("back", _stands[^1]);
        Assert.Equal(0, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    /// <summary>A tenure that begins now.</summary>
    private async Task<Tenure> Tenure()
    {
        var term = await _store.Find<Term>(Name) ?? new Term(Name);
        await _store.Commit(new Commit().Put(term));
        return new Tenure((await _store.Find<Term>(Name))!, _clock.GetTimestamp(), LeaseTimes.Length - LeaseTimes.Margin, _clock);
    }

    private Task<Instant?> Drain(Tenure tenure) =>
        new DeliveryWorker(_store, [new AnnouncementCards(_store)], Substitute.For<IDeliveryAlarm>(), _clock, NullLogger<DeliveryWorker>.Instance).Drain(_chat, tenure);

    private async Task Say(string text, int version = 0)
    {
        var said = new Announcement("said", "core", "on-call", new Card(text, CardState.Info), Now) { Version = version };
        await _store.Commit(new Commit().Put(said).PutOnce(new Mark($"fake|announcement|said|{version + 1}", "fake", Announcement.CardKind, said.Id, Now)));
    }

    private async Task<Delivered> Stands(OutgoingMessage message)
    {
        if (Interlocked.Exchange(ref _meanwhile, null) is { } meanwhile)
        {
            await meanwhile();
        }

        _stands.Add(PlainText.Of(message.Card));
        return new Delivered.Sent("f1");
    }
}
