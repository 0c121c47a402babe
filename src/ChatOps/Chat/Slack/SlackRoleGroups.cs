using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Slack's user groups and members as entries of a role: <c>@oncall</c>, <c>S0123ABCD</c>, <c>U0123ABCD</c>, and a name where one full member alone is called so. Who is meant is
/// asked for at most every five minutes; while Slack does not answer it is who it was.
/// </summary>
internal sealed class SlackRoleGroups(ISlackApi slack, TimeProvider clock) : IGroups
{
    private static readonly Duration Kept = Duration.FromMinutes(5);
    private static readonly Duration AfterFault = Duration.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Membership> _known = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<Membership>>> _asked = new();

    public async ValueTask<bool> Includes(string group, Person person, CancellationToken cancel) =>
        person.Handles.GetValueOrDefault(SlackPlatform.PlatformName) is { } user && (user == group || (await Members(group, cancel)).Users.Contains(user));

    private static bool IsGroup(string entry) => entry is ['@', _, ..] || LooksLikeId(entry);

    private static bool LooksLikeId(string entry) => entry is ['S', _, _, _, _, _, _, _, ..] && entry.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private async ValueTask<Membership> Members(string group, CancellationToken cancel)
    {
        if (_known.TryGetValue(group, out var known) && clock.Now() < known.Until)
        {
            return known;
        }

        // Many at once ask once; whoever is tired of waiting leaves the question to the others.
        var asked = _asked.GetOrAdd(group, _ => new Lazy<Task<Membership>>(() => Ask(group)));
        try
        {
            return _known[group] = await asked.Value.WaitAsync(cancel);
        }
        finally
        {
            _asked.TryRemove(KeyValuePair.Create(group, asked));
        }
    }

    private async Task<Membership> Ask(string group)
    {
        try
        {
            if (!IsGroup(group))
            {
                return new(await Named(group), clock.Now() + Kept);
            }

            var id = LooksLikeId(group) ? group : (await slack.Groups(CancellationToken.None)).FirstOrDefault(each => each.DateDelete == 0 && string.Equals(each.Handle, group[1..], StringComparison.OrdinalIgnoreCase))?.Id;
            return new(id is null ? [] : [.. await slack.GroupMembers(id, CancellationToken.None)], clock.Now() + Kept);
        }
        catch (SlackException)
        {
            return new(_known.GetValueOrDefault(group)?.Users ?? [], clock.Now() + AfterFault);
        }
    }

    /// <summary>Anybody may call themselves anything: a name that two have is nobody's. Guests and people of other companies have no say in it.</summary>
    private async Task<HashSet<string>> Named(string name)
    {
        var team = (await slack.AuthTest(CancellationToken.None)).TeamId;
        var called = (await slack.Users(CancellationToken.None))
            .Where(user => user is { Deleted: false, IsBot: false, IsStranger: false, IsRestricted: false, IsUltraRestricted: false } && (user.TeamId ?? team) == team && user.Names.Any(each => PeopleDirectory.IdOf(each) == PeopleDirectory.IdOf(name)))
            .ToList();
        return called is [var only] ? [only.Id] : [];
    }

    private sealed record Membership(HashSet<string> Users, Instant Until);
}
