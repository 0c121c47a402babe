using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall;

/// <summary>Somebody has left the team for good: they leave every rotation, and the on-call channel is told once.</summary>
public sealed class Departure(OncallService oncall, IStore store, Decider decider, TimeProvider clock)
{
    /// <param name="person">Who has left.</param>
    /// <param name="by">Who says so: the platform.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task Of(Person person, Actor by, CancellationToken cancel)
    {
        var (left, alone) = (new List<string>(), new List<string>());
        foreach (var rotation in await oncall.All(cancel))
        {
            if (OncallResolver.At(rotation, clock.Now()).People.Contains(person.Id))
            {
                alone.Add(rotation.Name);
            }

            var change = await oncall.Change(rotation.Id, by, $"took {person.Id} out of {rotation.Name}", (current, now) => current.Leave(person.Id, now), cancel);
            if (change is RotationChange.Changed)
            {
                left.Add(rotation.Name);
            }
        }

        if (left.Count + alone.Count > 0)
        {
            await Tell(person, by, alone, cancel);
        }
    }

    private async Task Tell(Person person, Actor by, List<string> alone, CancellationToken cancel)
    {
        // The day is in its key: who comes back and leaves again is told of again.
        var key = $"departed/{person.Id}/{clock.Now().InUtc().Date:uuuu-MM-dd}";
        if (await store.Find<Announcement>(key, cancel) is not null)
        {
            return;
        }

        var text = Markup.Of($"**{person.Id}** no longer has an account in {by.Person} and is out of all rotations.");
        var card = alone.Count == 0
            ? new Card("", CardState.Info) { Text = text }
            : new Card($"{person.Id} is on call and has left", CardState.Firing)
            {
                Text = text + Markup.Of($" The present shift of {string.Join(", ", alone)} is still theirs to its end: nobody will answer. Somebody has to watch until then; alerts go on to the next people as the policy says."),
            };
        await decider.Store([new Announcement(key, "oncall", oncall.Channel, card, clock.Now())], cancel);
    }
}
