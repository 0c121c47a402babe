using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Who is on call in each rotation at this moment.</summary>
internal sealed class OnCallNow(IStore store, TimeProvider clock)
{
    public async Task<IReadOnlyList<(Rotation Rotation, OnCall Then)>> All(CancellationToken cancel)
    {
        var rotations = await store.List(Index<Rotation>.Id, Keys.All, cancel: cancel);
        var now = clock.Now();
        return [.. rotations.OrderBy(rotation => rotation.Id != "core").Select(rotation => (rotation, OncallResolver.At(rotation, now)))];
    }

    /// <summary>When the next shift begins or ends anywhere.</summary>
    public static Instant? NextHandoff(IEnumerable<(Rotation Rotation, OnCall Then)> rotations) =>
        rotations.Select(each => each.Then.Shift?.End ?? each.Then.Next?.Start).Min();

    public static IEnumerable<string> People(IEnumerable<(Rotation Rotation, OnCall Then)> rotations) => rotations.SelectMany(each => each.Then.People).Distinct();
}
