using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Slack's users and our people: who somebody is by Slack's id and the e-mail that Slack vouches for, in which zone they are. Asked of Slack once, kept for an
/// hour, and read anew when Slack says that somebody has changed. Nobody waits long for Slack to say who they are.
/// </summary>
internal sealed class SlackPeople(ISlackApi slack, PeopleDirectory people, TimeProvider clock)
{
    // Slack hears within two seconds whether we have a command; an answer that needs a form must be quicker still.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Duration Kept = Duration.FromHours(1);
    private static readonly Duration AfterFault = Duration.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Profile> _profiles = new();
    private volatile string? _team;

    /// <summary>The person behind a Slack user, with the zone of their profile. While Slack does not answer: as we know them, or by the name it gave with what they did.</summary>
    public async Task<(Person Person, string? Zone)> Meet(string user, string? name, CancellationToken cancel)
    {
        var told = await ProfileOf(user, cancel);
        var person = told is null
            ? await people.Find(SlackPlatform.PlatformName, user, cancel) ?? await people.Meet(SlackPlatform.PlatformName, user, name ?? user, cancel)
            : await people.Meet(SlackPlatform.PlatformName, user, told.ShownName, cancel, told.Profile?.Email, told.IsStranger);
        return (person, told?.Tz);
    }

    /// <summary>Slack says that somebody has changed.</summary>
    public void Changed(string user) => _profiles.TryRemove(user, out _);

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

    /// <summary>What Slack says of somebody; null while it does not.</summary>
    private async Task<SlackUser?> ProfileOf(string user, CancellationToken cancel)
    {
        var known = _profiles.GetValueOrDefault(user);
        if (known is null || clock.Now() >= known.Until)
        {
            known = Ask(user, known);
        }

        if (!known.Asked.IsCompleted && known.Before is null)
        {
            await Task.WhenAny(known.Asked.WaitAsync(Patience, TimeProvider.System, cancel));
        }

        return known.Asked.IsCompletedSuccessfully ? known.Asked.Result : known.Before;
    }

    /// <summary>Asks once, whoever else wants to know meanwhile; what was known before holds until then.</summary>
    private Profile Ask(string user, Profile? known)
    {
        var before = known is null ? null : known.Asked.IsCompletedSuccessfully ? known.Asked.Result ?? known.Before : known.Before;
        var answer = new TaskCompletionSource<SlackUser?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = new Profile(answer.Task, before, clock.Now() + Kept);
        if (known is null ? !_profiles.TryAdd(user, asking) : !_profiles.TryUpdate(user, asking, known))
        {
            return _profiles.GetValueOrDefault(user) ?? asking with { Asked = Task.FromResult<SlackUser?>(null) };
        }

        _ = Fill(user, asking, answer);
        return asking;
    }

    private async Task Fill(string user, Profile asking, TaskCompletionSource<SlackUser?> answer)
    {
        try
        {
            var told = await slack.User(user, CancellationToken.None);
            var isOurs = await IsOurs(told);
            answer.SetResult(isOurs && !told.IsBot ? told : told with { IsStranger = !isOurs && (told.IsStranger || told.TeamId is { Length: > 0 }), Profile = told.Profile is { } profile ? profile with { Email = null } : null });
        }
        catch (Exception)
        {
            // SlackException counts itself; whatever it is, somebody waits for the answer, and the next who asks a little later may get one.
            _profiles.TryUpdate(user, asking with { Until = clock.Now() + AfterFault }, asking);
            answer.SetResult(null);
        }
    }

    /// <summary>
    /// Whether the workspace that we are in has checked who they are. A guest of it is: Slack has sent a letter to their address. Whoever comes through a channel shared with
    /// another company is not: there anybody may give themselves any address, and with it the roles of whoever has it here; they may do nothing but look.
    /// </summary>
    private async Task<bool> IsOurs(SlackUser user) => user is { IsStranger: false, TeamId: { Length: > 0 } team } && team == await OurTeam();

    private async Task<string> OurTeam() => _team ??= (await slack.AuthTest(CancellationToken.None)).TeamId;

    /// <param name="Asked">What Slack says; null when it could not be asked.</param>
    /// <param name="Before">What it said the last time.</param>
    /// <param name="Until">When it is asked anew.</param>
    private sealed record Profile(Task<SlackUser?> Asked, SlackUser? Before, Instant Until);
}
