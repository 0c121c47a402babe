using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Incidents;

/// <summary>That something from outside stands in an incident's timeline already. The id is the incident's and the thing's: <c>I-3|C0123/1700000000.000100</c>.</summary>
public sealed record OutsideNote(string Id) : Document(Id), IStored<OutsideNote>
{
    public static Collection<OutsideNote> Collection { get; } = new("outside_notes");
}

/// <summary>Writes into incidents' timelines what happens elsewhere, once for each thing however often it is told.</summary>
public sealed class OutsideNotes(IStore store, Decider decider, TimeProvider clock)
{
    private const int Attempts = 20;

    /// <param name="incident">I-3.</param>
    /// <param name="thing">What names the thing for good.</param>
    /// <param name="by">Who brought it.</param>
    /// <param name="what">The line.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>Whether it is new there; false also when there is no such incident.</returns>
    public async Task<bool> Write(string incident, string thing, Actor by, Markup what, CancellationToken cancel)
    {
        var note = new OutsideNote($"{incident}|{thing}");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.Find<OutsideNote>(note.Id, cancel) is not null || await store.Find<Incident>(incident, cancel) is not { } found)
            {
                return false;
            }

            var (written, entry) = found.Write(by, clock.Now(), what);
            if (await decider.Store([written, entry, note], cancel))
            {
                return true;
            }
        }

        throw new StoreException($"{incident} changed {Attempts} times while a note was written.");
    }
}
