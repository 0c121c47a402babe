using ChatOps.Chat.Local;
using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Conformance;

public sealed class LocalPlatformTests : ChatPlatformContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-local-");
    private LiteDbStore _store = null!;

    private protected override IChatPlatform Platform => new LocalPlatform(_store, new LocalStream(TimeProvider.System), TimeProvider.System);

    public Task InitializeAsync()
    {
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), [LocalMessage.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
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
