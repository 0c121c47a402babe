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
        var id = Slug(name);
        for (var attempt = 1; ; attempt++)
        {
            var candidate = attempt == 1 ? id : $"{id}-{attempt}";
            var known = await store.Find<Person>(candidate, cancel);
            if (known is not null && known.Handles.TryGetValue(platform, out var handle) && handle == user)
            {
                return known;
            }

            var person = known switch
            {
                null => new Person(candidate, name) { Handles = new Dictionary<string, string> { [platform] = user } },
                _ when !known.Handles.ContainsKey(platform) =>
                    known with { Handles = new Dictionary<string, string>(known.Handles) { [platform] = user } },
                _ => null,
            };
            if (person is not null && await store.Commit(new Commit().Put(person), cancel) == CommitOutcome.Stored)
            {
                return person with { Version = person.Version + 1 };
            }

            if (person is not null)
            {
                attempt--;
            }
        }
    }

    public ValueTask<IReadOnlyList<Person>> All(CancellationToken cancel) => store.List(Person.ByName, Keys.All, cancel: cancel);

    private static string Slug(string name)
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
