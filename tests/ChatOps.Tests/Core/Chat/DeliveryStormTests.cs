using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NSubstitute;

namespace ChatOps.Tests.Core.Chat;

/// <summary>The delivery worker when very much waits.</summary>
public sealed class DeliveryStormTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 2, 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-storm-");
    private LiteDbStore _store = null!;

    public Task InitializeAsync()
    {
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), [Mark.Collection, Shown.Collection, Term.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task In_a_storm_threads_go_out_side_by_side_each_behind_its_root_and_in_its_order()
    {
        var chat = new CrowdedChat(4);
        await Pile(roots: 400);
        Assert.Null(await Drain(chat));

        Assert.InRange(chat.MostAtOnce, 2, 4);
        Assert.Equal(1200, chat.Posted.Count);
        Assert.All(chat.Posted.GroupBy(message => message.Subject), thread =>
        {
            Assert.Equal([thread.Key, $"{thread.Key}/1", $"{thread.Key}/2"], thread.Select(message => message.Card.Title));
            Assert.Equal([null, thread.Key, thread.Key], thread.Select(message => message.Thread));
        });
        Assert.Equal(0, await _store.Count(Mark.ByPlatform, Keys.All));
    }

    [Theory]
    [InlineData(4, 16)] // 48 messages
    [InlineData(1, 100)]
    public async Task When_few_wait_or_the_chat_takes_one_at_a_time_the_order_is_that_of_the_marks(int concurrency, int roots)
    {
        var chat = new CrowdedChat(concurrency);
        await Pile(roots);
        Assert.Null(await Drain(chat));

        Assert.Equal(1, chat.MostAtOnce);
        Assert.Equal(Enumerable.Range(0, roots).SelectMany(Titles), chat.Posted.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task One_that_cannot_be_shown_keeps_no_other_of_a_storm_waiting()
    {
        var chat = new CrowdedChat(4) { Throws = "R-007" };
        await Pile(roots: 30);
        Assert.NotNull(await Drain(chat));

        // It, and the two that stand in its thread.
        Assert.Equal(3, await _store.Count(Mark.ByPlatform, Keys.All));
        Assert.Equal(87, chat.Posted.Count);
    }

    private static string[] Titles(int root) => [$"R-{root:D3}", $"R-{root:D3}/1", $"R-{root:D3}/2"];

    private async Task<Instant?> Drain(IChatPlatform chat)
    {
        using var tenure = new Tenure(new Term("chat/fake"), 0, Timeout.InfiniteTimeSpan, TimeProvider.System);
        var source = Substitute.For<ICardSource>();
        source.Kind.Returns("thing");
        source.Draw(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Draw(call.Arg<string>()));
        return await new DeliveryWorker(_store, [source], Substitute.For<IDeliveryAlarm>(), TimeProvider.System, NullLogger<DeliveryWorker>.Instance).Drain(chat, tenure);
    }

    private static Drawing Draw(string id)
    {
        var root = id.Split('/')[0];
        return new Drawing(new Card(id, CardState.Info), root, "on-call", id == root ? null : new Face("thing", root));
    }

    private async Task Pile(int roots)
    {
        var marks = Enumerable.Range(0, roots).SelectMany(Titles).Select((id, i) => new Mark($"crowded|thing|{id}|1", "crowded", "thing", id, Now + Duration.FromMilliseconds(i)));
        foreach (var some in marks.Chunk(100))
        {
            var commit = new Commit();
            some.ToList().ForEach(mark => commit.PutOnce(mark));
            await _store.Commit(commit);
        }
    }

    private sealed class CrowdedChat(int concurrency) : IChatPlatform
    {
        private readonly object _gate = new();
        private int _atOnce;

        public string Name => "crowded";

        public PlatformAbilities Abilities => PlatformAbilities.Threads;

        public int Concurrency => concurrency;

        public string? Throws { get; init; }

        public int MostAtOnce { get; private set; }

        public List<OutgoingMessage> Posted { get; } = [];

        public async Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel)
        {
            lock (_gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancel);
            lock (_gate)
            {
                _atOnce--;
                if (message.Card.Title == Throws)
                {
                    throw new InvalidOperationException("no such colour");
                }

                Posted.Add(message);
                return new Delivered.Sent(message.Card.Title);
            }
        }

        public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) => throw new NotSupportedException("Nothing changes here");

        public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => throw new NotSupportedException("Nothing is lost here");
    }
}
