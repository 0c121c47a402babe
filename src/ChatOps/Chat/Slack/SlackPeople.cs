using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Slack's users and our people: who somebody is by Slack's id and the e-mail that Slack vouches for, in which zone they are. Asked of Slack once, kept for an
/// hour, and read anew when Slack says that somebody has changed.
/// </summary>
internal sealed class SlackPeople(ISlackApi slack, PeopleDirectory people, TimeProvider clock)
{
    private static readonly Duration Kept = Duration.FromHours(1);

    private readonly ConcurrentDictionary<string, (SlackUser User, Instant Until)> _users = new();

    /// <summary>The person behind a Slack user, with the zone of their profile. While Slack does not answer: as we know them, or by the name it gave.</summary>
    public async Task<(Person Person, string? Zone)> Meet(string user, string? name, CancellationToken cancel)
    {
        if (_users.TryGetValue(user, out var known) && known.Until > clock.Now() && await people.Find(SlackPlatform.PlatformName, user, cancel) is { } met)
        {
            return (met, known.User.Tz);
        }

        try
        {
            var told = await slack.User(user, cancel);
            _users[user] = (told, clock.Now() + Kept);
            return (await people.Meet(SlackPlatform.PlatformName, user, told.ShownName, cancel, EmailOf(told)), told.Tz);
        }
        catch (SlackException)
        {
            return (await people.Find(SlackPlatform.PlatformName, user, cancel) ?? await people.Meet(SlackPlatform.PlatformName, user, name ?? user, cancel), null);
        }
    }

    /// <summary>Slack says that somebody has changed.</summary>
    public void Changed(string user) => _users.TryRemove(user, out _);

    /// <summary>The Slack user behind one of our people, or null.</summary>
    public async Task<string?> UserOf(string person, CancellationToken cancel) => (await people.Find(person, cancel))?.Handles.GetValueOrDefault(SlackPlatform.PlatformName);

    /// <summary>The Slack users whom cards mention.</summary>
    public async Task<Dictionary<string, string>> Mentioned(IEnumerable<Card> cards, CancellationToken cancel)
    {
        var users = new Dictionary<string, string>();
        var named = cards.SelectMany(card => card.Fields.Select(field => field.Value).Append(card.Text)).SelectMany(text => text.Runs()).Select(run => run.Mention).OfType<string>().Distinct();
        foreach (var person in named)
        {
            if (await UserOf(person, cancel) is { } user)
            {
                users[person] = user;
            }
        }

        return users;
    }

    // A guest's or a bot's address proves as much as a member's: Slack has sent a letter there.
    private static string? EmailOf(SlackUser user) => user.IsBot ? null : user.Profile?.Email;
}
