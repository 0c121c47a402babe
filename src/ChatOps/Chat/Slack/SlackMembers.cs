using System.Text.Json;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;

namespace ChatOps.Chat.Slack;

/// <summary>Somebody's account has changed: their profile is read anew, and who was deactivated is taken out of the rotations.</summary>
internal sealed class SlackMembers(SlackPeople people, PeopleDirectory directory, Departure departure)
{
    public static bool HasLeft(JsonElement happened) => happened.At("user", "deleted").ValueKind == JsonValueKind.True;

    public async Task Changed(JsonElement happened, CancellationToken cancel)
    {
        if (happened.Text("user", "id") is not { } user)
        {
            return;
        }

        people.Changed(user);
        if (await directory.Find(SlackPlatform.PlatformName, user, cancel) is not { } person)
        {
            return; // Nobody whom we know.
        }

        await (HasLeft(happened) ? departure.Of(person, new Actor("Slack", "Slack, the account was deactivated"), cancel) : people.Meet(user, null, cancel));
    }
}
