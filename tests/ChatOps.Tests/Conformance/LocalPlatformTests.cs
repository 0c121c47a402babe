using ChatOps.Chat.Local;
using ChatOps.Core.Chat;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Conformance;

public sealed class LocalPlatformTests : ChatPlatformContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-local-");
    private LiteDbStore _store = null!;
    private LocalPlatform _platform = null!;

    private protected override IChatPlatform Platform => _platform;

    public Task InitializeAsync()
    {
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), [LocalMessage.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        var news = new LocalNews(new LocalStream(TimeProvider.System), _store, new Replica("one"), new LocalSignals(), NullLogger<LocalNews>.Instance);
        _platform = new LocalPlatform(_store, news, TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_second_post_with_the_same_token_is_the_first_one()
    {
        var message = Message("A-1", "Disk full");

        Assert.Equal(await Sent(Platform.Post(message, default)), await Sent(Platform.Post(message, default)));

        Assert.Single(await Read());
    }

    private protected override async Task<IReadOnlyList<Standing>> Read() =>
        [.. (await _store.List(LocalMessage.ByChannel, Keys.Prefix(Channel + "|")))
            .Select(message => new Standing(message.Id, message.Channel, message.ThreadId, message.Subject, message.Token, PlainText.Of(message.Card)))];
}
