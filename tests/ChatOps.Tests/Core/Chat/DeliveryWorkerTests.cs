using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.History;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NSubstitute;

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
            Path.Combine(_folder.FullName, "chatops.db"), [Mark.Collection, Shown.Collection, Announcement.Collection, Term.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
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
    public async Task A_clock_that_is_set_back_keeps_nothing_waiting()
    {
        await Announce("joined");
        _chat.NextTime(Fault.TooMany);
        await Drain();

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        Assert.Null(await Drain());

        Assert.Equal("joined", Assert.Single(_chat.Messages).Text);
    }

    [Fact]
    public async Task An_alarm_that_could_not_be_raised_is_raised_the_next_time()
    {
        await Announce("joined");
        _chat.NextTime(Fault.Forbidden);
        _alarm.Fails = true;
        var again = await Drain();
        Assert.Empty(_alarm.Raised);

        _alarm.Fails = false;
        _clock.Advance(again!.Value.ToDateTimeOffset() - _clock.GetUtcNow());
        _chat.NextTime(Fault.None);
        _chat.NextTime(Fault.Forbidden);
        await Drain();

        Assert.Equal(["fake: answered 403"], _alarm.Raised);
        Assert.Equal(0, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    [Fact]
    public async Task One_document_that_cannot_be_drawn_keeps_no_other_waiting()
    {
        var broken = Substitute.For<ICardSource>();
        broken.Kind.Returns("broken");
        broken.Draw(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns<Task<Drawing?>>(_ => throw new InvalidOperationException("no title"));
        _worker = new DeliveryWorker(_store, [new AnnouncementCards(_store), broken], _alarm, _clock, NullLogger<DeliveryWorker>.Instance);
        await _store.Commit(new Commit().PutOnce(new Mark("fake|broken|B-1|1", "fake", "broken", "B-1", Instant.FromDateTimeOffset(_clock.GetUtcNow()))));
        await Announce("joined");

        Assert.NotNull(await Drain());
        Assert.Equal("joined", Assert.Single(_chat.Messages).Text);
        Assert.Equal(1, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    [Fact]
    public async Task A_channel_that_waits_hides_no_other_however_much_waits_in_it()
    {
        for (var i = 0; i < 600; i++)
        {
            await Announce($"waits {i}");
        }

        await Announce("waits not", "infra");
        _chat.NextTime(Fault.TooMany);
        Assert.NotNull(await Drain());
        Assert.Equal("waits not", Assert.Single(_chat.Messages).Text);
    }

    [Fact]
    public async Task What_a_chat_refused_is_tried_again_when_it_has_changed()
    {
        await Announce("joined");
        _chat.NextTime(Fault.Forbidden);
        await Drain();
        Assert.Empty(_chat.Messages);

        var said = await _store.Find<Announcement>("said/joined");
        var at = Instant.FromDateTimeOffset(_clock.GetUtcNow());
        await _store.Commit(new Commit().Put(said! with { Card = new Card("shorter", CardState.Info) }).PutOnce(new Mark("fake|announcement|said/joined|2", "fake", Announcement.CardKind, said.Id, at)));
        await Drain();
        Assert.Equal("shorter", Assert.Single(_chat.Messages).Text);
    }

    [Fact]
    public async Task What_stands_in_a_thread_keeps_its_order_when_all_of_it_is_of_one_instant()
    {
        // A card whose kind comes behind "history" by its letters, as an incident's does.
        var roots = Substitute.For<ICardSource>();
        roots.Kind.Returns("incident");
        roots.Draw(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(new Drawing(new Card("card", CardState.Open), "I-1", "on-call", null));
        var entries = Substitute.For<ICardSource>();
        entries.Kind.Returns(HistoryEntry.CardKind);
        entries.Draw(Arg.Any<string>(), Arg.Any<CancellationToken>())
            .Returns(call => new Drawing(new Card(call.Arg<string>(), CardState.Info), "I-1", "on-call", new Face("incident", "I-1")));
        _worker = new DeliveryWorker(_store, [roots, entries], _alarm, _clock, NullLogger<DeliveryWorker>.Instance);
        foreach (var (kind, subject, seconds) in new[] { (HistoryEntry.CardKind, "I-1/000001", 0), ("incident", "I-1", 0), (HistoryEntry.CardKind, "I-1/000002", 0), (HistoryEntry.CardKind, "I-1/000003", 1) })
        {
            var at = Instant.FromDateTimeOffset(_clock.GetUtcNow()) + Duration.FromSeconds(seconds);
            await _store.Commit(new Commit().PutOnce(new Mark($"fake|{kind}|{subject}|1", "fake", kind, subject, at)));
        }

        Assert.Null(await Drain());
        Assert.Equal(["card", "I-1/000001", "I-1/000002", "I-1/000003"], _chat.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task What_is_urgent_goes_before_all_that_waits_however_much_that_is()
    {
        for (var i = 0; i < 600; i++)
        {
            await Announce($"told {i}");
        }

        await Announce("urgent", isUrgent: true);
        _chat.NextTime(Fault.None);
        _chat.NextTime(Fault.TooMany);
        Assert.NotNull(await Drain());
        Assert.Equal("urgent", Assert.Single(_chat.Messages).Text);
    }

    [Fact]
    public async Task What_is_urgent_and_came_while_others_were_shown_goes_before_what_came_after_it()
    {
        List<string> waiting = [.. Enumerable.Range(10, 20).Select(i => $"told {i}")];
        foreach (var told in waiting)
        {
            await Announce(told);
        }

        await Announce("first", isUrgent: true);
        var cards = new AnnouncementCards(_store);
        var meanwhile = Substitute.For<ICardSource>();
        meanwhile.Kind.Returns(Announcement.CardKind);
        meanwhile.Draw(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            if (call.ArgAt<string>(0) == "said/first")
            {
                await Announce("then", isUrgent: true);
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Announce("after");
            }

            return await cards.Draw(call.ArgAt<string>(0), CancellationToken.None);
        });
        _worker = new DeliveryWorker(_store, [meanwhile], _alarm, _clock, NullLogger<DeliveryWorker>.Instance);
        Assert.Null(await Drain());
        Assert.Equal(["first", "then", .. waiting, "after"], _chat.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_few_that_wait_come_in_the_order_of_what_happened()
    {
        await Announce("told");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Announce("urgent", isUrgent: true);
        Assert.Null(await Drain());
        Assert.Equal(["told", "urgent"], _chat.Messages.Select(message => message.Text));
    }

    private async Task<Instant?> Drain()
    {
        using var platform = new FakeChatPlatform(_chat.Address, TimeSpan.FromSeconds(5));
        using var tenure = new Tenure(new Term("chat/fake"), 0, Timeout.InfiniteTimeSpan, _clock);
        return await _worker.Drain(platform, tenure);
    }

    private async Task Announce(string what, string channel = "on-call", bool isUrgent = false)
    {
        var at = Instant.FromDateTimeOffset(_clock.GetUtcNow());
        var said = new Announcement($"said/{what}", "core", channel, new Card(what, CardState.Info), at);
        await _store.Commit(new Commit().PutOnce(said).PutOnce(new Mark($"fake|announcement|{said.Id}|1", "fake", Announcement.CardKind, said.Id, at) { IsUrgent = isUrgent }));
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
