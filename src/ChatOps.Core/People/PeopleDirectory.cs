using System.Text;
using ChatOps.Core.Storage;

namespace ChatOps.Core.People;

/// <summary>Finds the person behind a user of a platform, and remembers them from their first word on.</summary>
public sealed class PeopleDirectory(IStore store)
{
    /// <summary>The person with that handle; somebody new is stored under a free id made from their name.</summary>
    /// <param name="platform">The platform's name.</param>
    /// <param name="user">The platform's id for the user.</param>
    /// <param name="name">How they are called there.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<Person> Meet(string platform, string user, string name, CancellationToken cancel)
    {
        var id = IdOf(name);
        for (var attempt = 1; ; attempt++)
        {
            var candidate = attempt == 1 ? id : $"{id}-{attempt}";
            var known = await store.Find<Person>(candidate, cancel);
            if (known is not null && known.Handles.TryGetValue(platform, out var handle) && handle == user)
            {
                return known;
            }

            if (known is not null)
            {
                continue; // somebody else of that name, perhaps on another platform: a name alone proves nothing
            }

            var person = new Person(candidate, name) { Handles = new Dictionary<string, string> { [platform] = user } };
            if (await store.Commit(new Commit().Put(person), cancel) == CommitOutcome.Stored)
            {
                return person with { Version = 1 };
            }

            attempt--;
        }
    }

    public ValueTask<IReadOnlyList<Person>> All(CancellationToken cancel) => store.List(Person.ByName, Keys.All, cancel: cancel);

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
