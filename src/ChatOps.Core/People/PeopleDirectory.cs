using System.Text;
using ChatOps.Core.Storage;

namespace ChatOps.Core.People;

/// <summary>Finds the person behind a user of a platform, and remembers them from their first word on.</summary>
public sealed class PeopleDirectory(IStore store, TakenNames taken)
{
    /// <summary>The person behind a platform's user; somebody new is stored under a free id made from their name.</summary>
    /// <param name="platform">The platform's name.</param>
    /// <param name="user">The platform's id for the user.</param>
    /// <param name="name">How they are called there.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <param name="verifiedEmail">The address that the platform vouches for: whoever has it already on another platform is the same person.</param>
    /// <param name="isOutside">The platform says that they are of another company.</param>
    public async Task<Person> Meet(string platform, string user, string name, CancellationToken cancel, string? verifiedEmail = null, bool isOutside = false)
    {
        var email = verifiedEmail?.Trim().ToLowerInvariant();
        while (true)
        {
            var handle = await store.Find<Handle>(Handle.IdOf(platform, user), cancel);
            var met = handle is null ? null : await store.Find<Person>(handle.Person, cancel);
            if (met is not null && (email is null || met.VerifiedEmail == email) && met.IsOutside == isOutside)
            {
                return met;
            }

            // Whoever the address belongs to; met before it was known, they were taken for somebody else, and are mended now.
            var person = (email is null ? null : await WithEmail(email, cancel)) ?? met ?? await Stranger(platform, user, name, isOutside, cancel);
            person = person with { Handles = new Dictionary<string, string>(person.Handles) { [platform] = user }, VerifiedEmail = email ?? person.VerifiedEmail, IsOutside = isOutside };
            var commit = new Commit().Put(person).Put((handle ?? new Handle(Handle.IdOf(platform, user), person.Id)) with { Person = person.Id });
            if (met is not null && met.Id != person.Id)
            {
                commit.Put(met with { Handles = met.Handles.Where(known => known.Key != platform).ToDictionary() });
            }

            if (await store.Commit(commit, cancel) == CommitOutcome.Stored)
            {
                return person with { Version = person.Version + 1 };
            }
        }
    }

    /// <summary>The person behind a platform's user, or null when nobody has met them.</summary>
    public async Task<Person?> Find(string platform, string user, CancellationToken cancel) =>
        await store.Find<Handle>(Handle.IdOf(platform, user), cancel) is { } handle ? await store.Find<Person>(handle.Person, cancel) : null;

    public ValueTask<Person?> Find(string person, CancellationToken cancel) => store.Find<Person>(person, cancel);

    public ValueTask<IReadOnlyList<Person>> All(CancellationToken cancel) => store.List(Person.ByName, Keys.All, cancel: cancel);

    private async Task<Person?> WithEmail(string email, CancellationToken cancel) =>
        await store.List(Person.ByVerifiedEmail, Keys.Exactly(email), 1, cancel: cancel) is [var person] ? person : null;

    /// <summary>Somebody new: a name alone proves nothing, so whoever has it already, perhaps on another platform, is somebody else.</summary>
    private async Task<Person> Stranger(string platform, string user, string name, bool isOutside, CancellationToken cancel)
    {
        // Nor may what they do read as if we, a source, everybody or one of ours had done it.
        var isTaken = taken.Has(name);
        var id = $"{(isOutside ? "outside-" : isTaken ? "not-" : "")}{IdOf(name)}";
        for (var attempt = 1; ; attempt++)
        {
            var candidate = attempt == 1 ? id : $"{id}-{attempt}";
            var known = await store.Find<Person>(candidate, cancel);
            if (known is null || known.Handles.GetValueOrDefault(platform) == user)
            {
                return known ?? new Person(candidate, isTaken ? candidate : name);
            }
        }
    }

    /// <summary>The id that a name gives: "Ana Maria" is ana-maria.</summary>
    public static string IdOf(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Trim().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '_' or '-')
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var made = slug.ToString().Trim('-');
        return made.Length > 0 ? made : "someone";
    }
}
