using System.Text;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Incidents;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>A published post-mortem is put into the thread of its incident's card, as a Markdown file. A crash at the wrong moment may put it there twice.</summary>
internal sealed class PostmortemFollower(ThreadFiles files, IStore store, TimeProvider clock) : ISlackFollower
{
    private const int Newest = 20;

    // What was published before Slack was there is not brought up again.
    private static readonly Duration Recent = Duration.FromDays(1);

    public string Name => "post-mortems";

    public async Task<Instant?> Follow(Tenure tenure)
    {
        SlackException? trouble = null;
        foreach (var postmortem in await store.List(Postmortem.Started, Keys.All, Newest, descending: true, tenure.Ended))
        {
            try
            {
                await Follow(postmortem, tenure);
            }
            catch (SlackException fault)
            {
                trouble = fault; // The others are not to wait for this one.
            }
        }

        return trouble is null ? null : throw trouble;
    }

    private async Task Follow(Postmortem postmortem, Tenure tenure)
    {
        if (postmortem.PublishedAt > clock.Now() - Recent && await store.Find<Shown>(Shown.IdOf(SlackPlatform.PlatformName, Incident.CardKind, postmortem.Incident), tenure.Ended) is { } card)
        {
            await files.Put($"postmortem/{postmortem.Id}", card, $"{postmortem.Id}.md", $"{postmortem.Id}: {postmortem.Title}", () => Encoding.UTF8.GetBytes(postmortem.Text), tenure);
        }
    }
}
