using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Core.Chat;

/// <summary>The delivery worker against a chat that misbehaves.</summary>
public sealed class DeliveryWorkerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-delivery-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly Alarm _alarm = new();
    private LiteDbStore _store = null!;
    private FakeChat _chat = null!;
    private DeliveryWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _store = LiteDbStore.Open(
            Path.Combine(_folder.FullName, "chatops.db"), [Mark.Collection, Shown.Collection, Announcement.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        _chat = await FakeChat.Open();
        _worker = new DeliveryWorker(_store, [new AnnouncementCards(_store)], _alarm, _clock, NullLogger<DeliveryWorker>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_there_once()
    {
        await Announce("joined");
        _chat.NextTime(Fault.AnswerLost);

        var again = await Drain();
        _clock.Advance(again!.Value.ToDateTimeOffset() - _clock.GetUtcNow());
        Assert.Null(await Drain());

        Assert.Equal("joined", Assert.Single(_chat.Messages).Text);
        Assert.Equal(0, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    [Fact]
    public async Task News_does_not_cut_short_the_patience_that_a_chat_asked_for()
    {
        await Announce("joined");
        _chat.NextTime(Fault.TooMany);
        var again = await Drain();

        await Announce("left");
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(again, await Drain());
        Assert.Empty(_chat.Messages);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Drain());
        Assert.Equal(["joined", "left"], _chat.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task An_alarm_that_could_not_be_raised_is_raised_the_next_time()
    {
        await Announce("joined");
        _chat.NextTime(Fault.Forbidden);
        _alarm.Fails = true;
        await Assert.ThrowsAsync<StoreException>(Drain);

        _alarm.Fails = false;
        _chat.NextTime(Fault.None);
        _chat.NextTime(Fault.Forbidden);
        await Drain();

        Assert.Equal(["fake: answered 403"], _alarm.Raised);
        Assert.Equal(0, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    private async Task<Instant?> Drain()
    {
        using var platform = new FakeChatPlatform(_chat.Address, TimeSpan.FromSeconds(5));
        return await _worker.Drain(platform, default);
    }

    private async Task Announce(string what)
    {
        var at = Instant.FromDateTimeOffset(_clock.GetUtcNow());
        var said = new Announcement($"said/{what}", "core", "on-call", new Card(what, CardState.Info), at);
        await _store.Commit(new Commit().PutOnce(said).PutOnce(new Mark($"fake|announcement|{said.Id}|1", "fake", Announcement.CardKind, said.Id, at)));
    }

    private sealed class Alarm : IDeliveryAlarm
    {
        public bool Fails { get; set; }

        public List<string> Raised { get; } = [];

        public Task Undeliverable(string platform, Drawing drawing, string why, CancellationToken cancel)
        {
            if (Fails)
            {
                throw new StoreException("The disk is full");
            }

            Raised.Add($"{platform}: {why}");
            return Task.CompletedTask;
        }
    }
}
