using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Setup;
using ChatOps.Core.Leases;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>A user group is who is on call, so that people may write @oncall. It is never empty: Slack refuses that, and whoever was in it last is better than nobody.</summary>
internal sealed class GroupFollower(ISlackApi slack, SlackPeople people, OnCallNow now, SlackNotices notices, SlackSettings settings) : ISlackFollower
{
    public string Name => "group";

    private string Handle => settings.OnCallGroup ?? "";

    public async Task<Instant?> Follow(Tenure tenure)
    {
        if (Handle.Length == 0)
        {
            return null;
        }

        var rotations = await now.All(tenure.Ended);
        var users = new List<string>();
        foreach (var person in OnCallNow.People(rotations))
        {
            if (await people.UserOf(person, tenure.Ended) is { } user)
            {
                users.Add(user);
            }
        }

        var remembered = await notices.Remembered(Name, tenure.Ended);
        var wanted = string.Join(',', users.Order(StringComparer.Ordinal));
        if (wanted.Length == 0)
        {
            // Before anybody has ever been on call there is nothing to keep, and nothing to tell.
            await (remembered.Wrote is null ? Task.CompletedTask : notices.Trouble(Name, $"Nobody with a Slack account is on call. @{Handle} still calls those who were last; /oncall join signs you up.", tenure.Ended));
        }
        else if (remembered.Wrote != wanted || remembered.Trouble is not null)
        {
            await Write(wanted, tenure);
        }

        return OnCallNow.NextHandoff(rotations);
    }

    public string Why(SlackException fault) => SlackTroubles.OfGroup(fault, Handle);

    private async Task Write(string wanted, Tenure tenure)
    {
        var group = (await slack.Groups(tenure.Ended)).FirstOrDefault(group => string.Equals(group.Handle, Handle, StringComparison.OrdinalIgnoreCase));
        if (group is not { DateDelete: 0 })
        {
            await notices.Trouble(Name, group is null ? SlackTroubles.NoGroup(Handle) : SlackTroubles.Disabled(Handle), tenure.Ended);
            return;
        }

        tenure.ThrowIfOver();
        await slack.SetGroupMembers(group.Id, wanted.Split(','), tenure.Ended);
        await notices.Wrote(Name, wanted, tenure.Ended);
    }
}
