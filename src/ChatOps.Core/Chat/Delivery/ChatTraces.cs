using ChatOps.Core.Storage;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// What our own store holds of messages that stand in chat: the notes of what is shown and, in the local chat, the messages themselves. Marks are left to the
/// delivery worker, which drops those that have nothing to draw.
/// </summary>
public sealed class ChatTraces(IStore store, IEnumerable<IChatPlatform> platforms)
{
    /// <summary>Of the message that shows exactly this.</summary>
    public Task<List<Document>> Of(Face face, CancellationToken cancel) => Gather(platform => Keys.Exactly(Shown.IdOf(platform, face.Kind, face.Id)), int.MaxValue, cancel);

    /// <summary>Of the messages of a kind whose ids begin so.</summary>
    /// <param name="kind">What draws them.</param>
    /// <param name="prefix">The beginning of their ids.</param>
    /// <param name="limit">At most so many of each platform.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<List<Document>> Beginning(string kind, string prefix, int limit, CancellationToken cancel) => Gather(platform => Keys.Prefix(Shown.IdOf(platform, kind, prefix)), limit, cancel);

    private async Task<List<Document>> Gather(Func<string, Keys> which, int limit, CancellationToken cancel)
    {
        var traces = new List<Document>();
        foreach (var platform in platforms)
        {
            foreach (var shown in await store.List(Index<Shown>.Id, which(platform.Name), limit, cancel: cancel))
            {
                traces.Add(shown);
                if (shown.Reference is { } reference && await platform.Stored(reference, cancel) is { } message)
                {
                    traces.Add(message);
                }
            }
        }

        return traces;
    }
}
