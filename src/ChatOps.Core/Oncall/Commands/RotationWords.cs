using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall.Commands;

/// <summary>What the on-call commands have in common: which rotation is meant, and how shifts are said.</summary>
internal static class RotationWords
{
    public const string Name = "rotation";

    public static Parameter Which { get; } = new(Name, "which one; may be left out while there is one, or one is called core");

    /// <summary>Finds the rotation that is meant and hands it on; says what is unclear otherwise.</summary>
    public static async Task<Answer> With(OncallService oncall, Invocation call, Func<Rotation, Task<Answer>> act, CancellationToken cancel)
    {
        var all = await oncall.All(cancel);
        if (call[Name] is { } name)
        {
            return all.FirstOrDefault(rotation => rotation.Id == Rotation.IdOf(name)) is { } named
                ? await act(named)
                : Answer.Refuse(Markup.Of($"There is no rotation \"{name}\". {Known(all)}"));
        }

        return all.Count == 1 ? await act(all[0])
            : all.FirstOrDefault(rotation => rotation.Id == "core") is { } core ? await act(core)
            : Answer.Refuse(Markup.Of($"Which rotation? {Known(all)}"));
    }

    public static Markup People(IEnumerable<string> people) => Markup.Join(", ", people.Select(person => Markup.Of($"**{person}**")));

    /// <summary>"Mon 30 Nov 09:00 CET", with the speaker's own time behind it when their clock shows another.</summary>
    public static string Say(Instant at, Rotation rotation, DateTimeZone speaker, Instant now) => WallClock.SayFor(speaker, at, rotation.Zone, now);

    public static Answer Tell(RotationChange change) => change switch
    {
        RotationChange.Changed changed => Answer.Say(Markup.Plain(changed.Said)),
        RotationChange.Refused refused => Answer.Refuse(Markup.Plain(refused.Why)),
        _ => throw new InvalidOperationException($"{change} is no rotation change."),
    };

    private static string Known(IReadOnlyList<Rotation> all) =>
        all.Count == 0 ? "There is none." : $"There {(all.Count == 1 ? "is" : "are")} {string.Join(", ", all.Select(rotation => rotation.Name))}.";
}
