using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using ChatOps.Core.Incidents;
using ChatOps.Core.Leases;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Gives each open incident a channel and archives it when all is said: resolved, the post-mortem published, and some time gone by.</summary>
internal sealed class RoomFollower(ISlackApi slack, SlackChannels channels, RoomFurniture furniture, OutsideNotes notes, IStore store, SlackSettings settings, TimeProvider clock) : ISlackFollower
{
    private const int MostNames = 20;

    private string? _looking;

    public string Name => "incident channels";

    public async Task<Instant?> Follow(Tenure tenure)
    {
        if (!settings.IncidentChannels)
        {
            return null;
        }

        var standing = await store.List(SlackRoom.Standing, Keys.All, cancel: tenure.Ended);
        var open = await store.List(Incident.Open, Keys.All, cancel: tenure.Ended);
        var (soonest, trouble) = ((Instant?)null, (SlackException?)null);
        foreach (var id in open.Select(incident => incident.Id).Union(standing.Select(room => room.Id)))
        {
            tenure.ThrowIfOver();
            try
            {
                soonest = await Follow(id, tenure.Ended) is { } at && !(soonest < at) ? at : soonest;
            }
            catch (SlackException fault)
            {
                trouble = fault; // The others are not to wait for this one.
            }
        }

        return trouble is null ? soonest : throw trouble;
    }

    private async Task<Instant?> Follow(string id, CancellationToken cancel)
    {
        if (await store.Find<Incident>(id, cancel) is not { } incident)
        {
            return null;
        }

        var room = await store.Find<SlackRoom>(id, cancel) ?? await furniture.Save(new SlackRoom(id, SlackRoom.NameFor(id, incident.Title)), cancel);
        if (room.ArchivedAt is not null)
        {
            return null; // Archived by hand, or opened again afterwards: the card in the main channel goes on.
        }

        try
        {
            var there = room.Channel is null ? await Make(room, incident, cancel) : room;
            there = await furniture.Furnish(there, incident, cancel);
            await NoteChannel(there, cancel);
            return await Archive(await furniture.Invite(there, incident, cancel), incident, cancel);
        }
        catch (SlackException gone) when (gone.Error is "is_archived" or "channel_not_found" && room.Channel is not null)
        {
            await furniture.Save(room with { ArchivedAt = clock.Now() }, cancel);
            return null;
        }
    }

    /// <summary>The timeline says where it is, once; Slack is asked for the way there only then.</summary>
    private async Task NoteChannel(SlackRoom room, CancellationToken cancel)
    {
        const string Thing = "channel";
        if (await store.Find<OutsideNote>($"{room.Id}|{Thing}", cancel) is null)
        {
            await notes.Write(room.Id, Thing, new Actor("ChatOps", "Slack"), Markup.Of($"Its channel is {await Link(room, cancel)}."), cancel);
        }
    }

    /// <summary>A way into it for those whom it does not know yet; its name when Slack does not say.</summary>
    private async Task<Markup> Link(SlackRoom room, CancellationToken cancel)
    {
        var name = $"#{room.Name}";
        try
        {
            return room.Card is { } card && await slack.Permalink(room.Channel!, card, cancel) is { Length: > 0 } link ? Markup.Link(name, link) : Markup.Plain(name);
        }
        catch (SlackException)
        {
            return Markup.Plain(name);
        }
    }

    private async Task<SlackRoom> Make(SlackRoom room, Incident incident, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var created = await slack.Create(room.Name, isPrivate: false, cancel);
                return await furniture.Save(room with { Channel = created.Id, Name = created.Name ?? room.Name }, cancel);
            }
            catch (SlackException taken) when (taken.Error == "name_taken" && attempt < MostNames)
            {
                if (await Ours(room.Name, cancel) is { } made)
                {
                    return await furniture.Save(room with { Channel = made }, cancel);
                }

                room = await furniture.Save(room with { Name = SlackRoom.NameFor(incident.Id, incident.Title, attempt + 1) }, cancel);
            }
        }
    }

    /// <summary>A channel that we made before we died, or whose making was never answered: only we have reason to be in one of that name. Looking may take several tries, each going on where the last one was told to wait.</summary>
    private async Task<string?> Ours(string name, CancellationToken cancel)
    {
        if (_looking != name)
        {
            channels.LookAnew(); // it may be younger than the last list
            _looking = name;
        }

        var found = await channels.IdOf(name, cancel);
        _looking = null;
        return found is not null && (await slack.Channel(found, cancel)).IsMember ? found : null;
    }

    private async Task<Instant?> Archive(SlackRoom room, Incident incident, CancellationToken cancel)
    {
        if (incident is not { ResolvedAt: { } resolved, PublishedAt: { } published })
        {
            return null;
        }

        var due = Instant.Max(resolved, published) + settings.ArchiveAfter;
        if (due > clock.Now())
        {
            return due;
        }

        await slack.Archive(room.Channel!, cancel);
        await furniture.Save(room with { ArchivedAt = clock.Now() }, cancel);
        return null;
    }
}
