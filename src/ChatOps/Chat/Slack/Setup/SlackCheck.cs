using ChatOps.Chat.Slack.Api;

namespace ChatOps.Chat.Slack.Setup;

/// <summary>Asks Slack whether everything is there that the settings name, and says what to do where it is not.</summary>
internal sealed class SlackCheck(ISlackApi slack, SlackSettings settings, TimeProvider clock, Action<string> say)
{
    private int _wrong;

    /// <param name="channels">The names of the channels that settings name.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many things do not work.</returns>
    public async Task<int> Run(IEnumerable<string> channels, CancellationToken cancel)
    {
        if (await Try(() => slack.AuthTest(cancel), SlackTroubles.Of) is not { } identity)
        {
            return _wrong;
        }

        say($"Slack: {identity.Team ?? identity.TeamId}, as @{identity.User ?? identity.UserId}.");
        var missing = identity.Scopes.Count == 0 ? [] : SlackNeeds.Scopes.Select(needed => needed.Scope).Except(identity.Scopes).ToList();
        missing.ForEach(scope => Wrong(SlackTroubles.Missing(scope)));
        await Hearing(cancel);
        await Channels([.. channels.Distinct(StringComparer.OrdinalIgnoreCase)], cancel);
        if (settings.OnCallGroup is { } handle)
        {
            await Group(handle, cancel);
        }

        return _wrong;
    }

    private async Task Hearing(CancellationToken cancel)
    {
        if (settings.AppToken is null)
        {
            say("Slack calls the request URLs under /slack; each request's signature is checked.");
        }
        else if (await Try(() => slack.OpenConnection(cancel), SlackTroubles.Of) is not null)
        {
            say("Slack: Socket Mode, the app-level token opens sockets.");
        }
    }

    private async Task Channels(List<string> names, CancellationToken cancel)
    {
        if (await Try(() => Find(names, cancel), SlackTroubles.Of) is not { } known)
        {
            return;
        }

        foreach (var name in names)
        {
            switch (known.Find(channel => IsCalled(channel, name)))
            {
                case null:
                    Wrong(SlackTroubles.NoChannel(name));
                    break;
                case { IsMember: true }:
                    say($"Slack: #{name} is there and the app is in it.");
                    break;
                default:
                    say($"Slack: #{name} is there, and the app joins it when it has something to say.");
                    break;
            }
        }
    }

    /// <summary>The channels of these names. A list costs one of the twenty calls a minute that Slack allows for each thousand channels: it is read no further than needed, and its turn is waited for.</summary>
    private async Task<List<SlackChannel>> Find(List<string> names, CancellationToken cancel)
    {
        var (found, cursor, isMore) = (new List<SlackChannel>(), (string?)null, true);
        while (isMore && !names.TrueForAll(name => found.Exists(channel => IsCalled(channel, name))))
        {
            try
            {
                var (some, next) = await slack.Channels(cursor, cancel);
                found.AddRange(some.Where(channel => names.Exists(name => IsCalled(channel, name))));
                (cursor, isMore) = (next, next is not null);
            }
            catch (SlackException busy) when (busy is { Fault: SlackFault.Busy, RetryAfter: { } after })
            {
                await Task.Delay(after.ToTimeSpan(), clock, cancel);
            }
        }

        return found;
    }

    private static bool IsCalled(SlackChannel channel, string name) => string.Equals(channel.Name, name, StringComparison.OrdinalIgnoreCase) || channel.Id == name;

    /// <summary>Whether it may be changed is known only by changing it: it is set to those who are in it.</summary>
    private async Task Group(string handle, CancellationToken cancel)
    {
        string Why(SlackException fault) => SlackTroubles.OfGroup(fault, handle);
        if (await Try(() => slack.Groups(cancel), Why) is not { } groups)
        {
            return;
        }

        if (groups.FirstOrDefault(group => string.Equals(group.Handle, handle, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            Wrong(SlackTroubles.NoGroup(handle));
        }
        else if (found.DateDelete != 0)
        {
            Wrong(SlackTroubles.Disabled(handle));
        }
        else if (await Try(() => slack.GroupMembers(found.Id, cancel), Why) is { } members)
        {
            var may = members.Count == 0 || await Try(
                async () =>
                {
                    await slack.SetGroupMembers(found.Id, members, cancel);
                    return "changed";
                },
                Why) is not null;
            if (may)
            {
                say($"Slack: @{handle} is there{(members.Count == 0 ? ", with nobody in it yet" : " and may be changed")}.");
            }
        }
    }

    private async Task<T?> Try<T>(Func<Task<T>> call, Func<SlackException, string> why)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (SlackException fault)
        {
            Wrong(why(fault));
            return null;
        }
    }

    private void Wrong(string what)
    {
        _wrong++;
        say($"Slack does not work yet: {what}");
    }
}
