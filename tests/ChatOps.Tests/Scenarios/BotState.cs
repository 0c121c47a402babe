using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.History;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>All that the store holds, without what differs from run to run (times, tokens, references).</summary>
/// <param name="Documents">One line a document.</param>
internal sealed record BotState(IReadOnlyList<string> Documents)
{
    public static async Task<BotState> Of(IStore store) => new(
        [
            .. await Lines<Person>(store),
            .. await Lines<Rotation>(store),
            .. await Lines<Alert>(store),
            .. await Lines<Episode>(store),
            .. await Lines<Silence>(store),
            .. await Lines<HistoryEntry>(store),
            .. await Lines<WatchedTransaction>(store),
            .. await Lines<CatchUp>(store),
            .. await Lines<Announcement>(store),
            .. await Lines<Mark>(store),
            .. (await store.List(Index<Shown>.Id, Keys.All)).Select(shown =>
                $"Shown {shown.Id} in #{shown.Channel}{(shown.Reference is null ? ", not posted" : "")}{(shown.Hash is null ? ", nothing shown" : "")}{(shown.Refused is { } why ? $", refused: {why}" : "")}"),
        ]);

    private static async Task<IEnumerable<string>> Lines<T>(IStore store)
        where T : Document, IStored<T> =>
        (await store.List(Index<T>.Id, Keys.All)).Select(document => Points.Steady($"{typeof(T).Name} v{document.Version} {T.Collection.Write(document)}"));
}

/// <summary>How far it has come: cheap to ask again and again.</summary>
internal sealed record BotProgress(long Waiting, long Entries, Word? Tip)
{
    public static async Task<BotProgress> Of(IStore store) => new(await store.Count(Mark.ByPlatform, Keys.All), await store.Count(Index<HistoryEntry>.Id, Keys.All), await store.Find<ChainCursor>("main") is { Gone.Count: 0 } cursor ? cursor.Tip?.Hash : null);
}
