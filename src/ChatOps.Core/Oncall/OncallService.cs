using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>Loads rotations, decides about them and stores them; what changes is announced in the on-call channel.</summary>
public sealed partial class OncallService(IStore store, Decider decider, OncallSettings settings, TimeProvider clock, ILogger<OncallService> log)
{
    /// <summary>Where rotations are spoken of.</summary>
    internal string Channel => settings.Channel;

    internal async Task<OncallBook> Book(CancellationToken cancel) => new(await All(cancel));

    internal ValueTask<IReadOnlyList<Rotation>> All(CancellationToken cancel) => store.List(Index<Rotation>.Id, Keys.All, cancel: cancel);

    internal ValueTask<Rotation?> Find(string name, CancellationToken cancel) => store.Find<Rotation>(Rotation.IdOf(name), cancel);

    public async Task<bool> Has(string name, CancellationToken cancel) => await Find(name, cancel) is not null;

    /// <summary>Makes the rotations of the settings that the store does not have yet.</summary>
    public async Task Seed(CancellationToken cancel)
    {
        foreach (var seed in settings.Rotations)
        {
            if (await Find(seed.Name, cancel) is null && Rotation.Create(seed.Name, seed.TimeZone, seed.Day, seed.Time, clock.Now()) is RotationChange.Changed made)
            {
                await store.Commit(new Commit().PutOnce(made.Next), cancel);
                LogMade(seed.Name, seed.Day, seed.Time, seed.TimeZone);
            }
        }
    }

    /// <summary>Changes a rotation as somebody asked.</summary>
    /// <param name="name">Which.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="did">What the channel is told that they did: "joined core".</param>
    /// <param name="decide">The pure transition.</param>
    /// <param name="cancel">Gives up waiting.</param>
    internal async Task<RotationChange> Change(string name, Actor by, string did, Func<Rotation, Instant, RotationChange> decide, CancellationToken cancel)
    {
        RotationChange said = new RotationChange.Refused($"There is no rotation \"{name}\". There {(settings.Rotations.Count == 1 ? "is" : "are")}: {string.Join(", ", (await All(cancel)).Select(known => known.Name))}.");
        var decision = await decider.Change<Rotation>(
            Rotation.IdOf(name),
            rotation =>
            {
                var now = clock.Now();
                said = decide(rotation, now);
                return said is RotationChange.Changed changed
                    ? new Decision<Rotation>.Changed(changed.Next, Announce(changed.Next, by, did, now))
                    : new Decision<Rotation>.Kept();
            },
            Markup.Empty,
            cancel);
        if (decision is Decision<Rotation>.Changed)
        {
            LogChanged(by.Person, did, by.Via);
        }

        return said;
    }

    private Announcement Announce(Rotation rotation, Actor by, string did, Instant now)
    {
        var then = OncallResolver.At(rotation, now);
        var current = then.Shift is { } shift
            ? Markup.Of($"On call: {People(shift.People)}{(shift.End is { } end ? $", until {WallClock.Say(end, rotation.Zone)}" : "")}.")
            : Markup.Of($"Nobody is on call.");
        var next = then.NextOther is { } other ? Markup.Of($" Next: {Markup.Join(", ", other.People.Select(Markup.Mention))}, {WallClock.Say(other.Start, rotation.Zone)}.") : Markup.Empty;
        return new($"rotation/{rotation.Id}/{rotation.Version + 1}", rotation.Name, settings.Channel, new Card("", CardState.Info)
        {
            Text = Markup.Of($"**{by.Person}** {did}. ") + current + next,
        },
        now)
        {
            // The rotation's version is part of it.
            NeverAgain = true,
        };
    }

    private static Markup People(IEnumerable<string> people) => Markup.Join(", ", people.Select(person => Markup.Of($"**{person}**")));

    [LoggerMessage(LogLevel.Information, "rotation {Rotation} made: hands off {Day} {Time} {Zone}")]
    private partial void LogMade(string rotation, IsoDayOfWeek day, LocalTime time, string zone);

    [LoggerMessage(LogLevel.Information, "{Person} {What} by {Via}")]
    private partial void LogChanged(string person, string what, string via);
}
