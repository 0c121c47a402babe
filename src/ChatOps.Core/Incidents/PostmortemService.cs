using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Incidents;

/// <summary>Begins, edits and publishes post-mortems; their incident knows of them.</summary>
internal sealed partial class PostmortemService(IStore store, Decider decider, IncidentTimeline timeline, TimeProvider clock, ILogger<PostmortemService> log)
{
    private const int Attempts = 20;

    /// <summary>Makes the document with the timeline filled in.</summary>
    public async Task<Decision<Postmortem>> Start(string incidentId, Actor by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.Find<Incident>(incidentId, cancel) is not { } incident)
            {
                return new Decision<Postmortem>.Refused(Markup.Of($"There is no incident {incidentId}. `/incident list --all` shows those there are."));
            }

            if (incident.Postmortem is { } begun)
            {
                return new Decision<Postmortem>.Refused(Markup.Of($"{incidentId} has one already: `/postmortem show {begun}`."));
            }

            var now = clock.Now();
            var id = $"{Postmortem.Series}-{await store.NextNumber(Postmortem.Series, cancel)}";
            var text = PostmortemMarkdown.Draft(incident, await timeline.Of(incident, cancel), by.Person);
            var postmortem = new Postmortem(id, incidentId, incident.Title, by.Person, now, text);
            var (written, entry) = (incident with { Postmortem = id }).Write(by, now, Markup.Of($"**{by.Person}** began post-mortem {id}."));
            if (await decider.Store([postmortem, written, entry], cancel))
            {
                LogChanged(id, by.Person, "began", by.Via);
                return new Decision<Postmortem>.Changed(postmortem, written);
            }
        }

        throw new StoreException($"{incidentId} changed {Attempts} times while its post-mortem was begun.");
    }

    /// <summary>Stores another text, if it is still the one that was read.</summary>
    public Task<Decision<Postmortem>> Edit(string id, string text, long openedOn, CancellationToken cancel) => decider.Change<Postmortem>(
        id,
        postmortem => postmortem.Version == openedOn
            ? new Decision<Postmortem>.Changed(postmortem with { Text = text })
            : new Decision<Postmortem>.Refused(Markup.Of($"Somebody else changed {id} while you were writing, so yours was not stored. Open it again with `/postmortem edit {id}` and put your changes in.")),
        Missing(id),
        cancel);

    public async Task<Decision<Postmortem>> Publish(string id, Actor by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.Find<Postmortem>(id, cancel) is not { } postmortem || await store.Find<Incident>(postmortem.Incident, cancel) is not { } incident)
            {
                return new Decision<Postmortem>.Refused(Missing(id));
            }

            if (postmortem.PublishedAt is { } at)
            {
                return new Decision<Postmortem>.Refused(Markup.Of($"{Markup.Mention(postmortem.PublishedBy ?? "")} published {id} already, {WallClock.Say(at, incident.TimeZone)}."));
            }

            if (incident.MitigatedAt is null)
            {
                return new Decision<Postmortem>.Refused(Markup.Of($"{incident.Id} is not mitigated yet: a post-mortem is published after that."));
            }

            if (PostmortemMarkdown.Unwritten(postmortem.Text) is { Count: > 0 } unwritten)
            {
                return new Decision<Postmortem>.Refused(Markup.Of($"{id} still asks in {string.Join(", ", unwritten)} what should stand there. `/postmortem edit {id}` writes it; then publish it."));
            }

            var now = clock.Now();
            var published = postmortem with { PublishedAt = now, PublishedBy = by.Person };
            var (written, entry) = (incident with { PublishedAt = now }).Write(by, now, Markup.Of($"**{by.Person}** published post-mortem {id}."));
            if (await decider.Store([published, written, entry], cancel))
            {
                LogChanged(id, by.Person, "published", by.Via);
                return new Decision<Postmortem>.Changed(published, written);
            }
        }

        throw new StoreException($"{id} changed {Attempts} times while it was published.");
    }

    public ValueTask<Postmortem?> Find(string id, CancellationToken cancel) => store.Find<Postmortem>(id, cancel);

    /// <summary>The newest first.</summary>
    public ValueTask<IReadOnlyList<Postmortem>> Newest(int limit, CancellationToken cancel) => store.List(Postmortem.Started, Keys.All, limit, descending: true, cancel);

    private static Markup Missing(string id) => Markup.Of($"There is no post-mortem {id}. `/postmortem list` shows those there are.");

    [LoggerMessage(LogLevel.Information, "{Postmortem}: {Person} {What} it by {Via}")]
    private partial void LogChanged(string postmortem, string person, string what, string via);
}
