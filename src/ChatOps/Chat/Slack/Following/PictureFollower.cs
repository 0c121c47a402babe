using ChatOps.Chat.Pictures;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>The picture of a digest is put into its thread.</summary>
internal sealed class PictureFollower(ThreadFiles files, IStore store, TimeProvider clock) : ISlackFollower
{
    private const int Newest = 20;

    // What was said before Slack was there is not brought up again.
    private static readonly Duration Recent = Duration.FromDays(1);

    public string Name => "pictures";

    public async Task<Instant?> Follow(Tenure tenure)
    {
        SlackException? trouble = null;
        foreach (var said in await store.List(Announcement.Pictured, Keys.Between(Keys.At(clock.Now() - Recent), "9"), Newest, descending: true, tenure.Ended))
        {
            try
            {
                if (said.Card.Picture is { } picture && await store.Find<Shown>(Shown.IdOf(SlackPlatform.PlatformName, Announcement.CardKind, said.Id), tenure.Ended) is { } message)
                {
                    await files.Put($"picture/{said.Id}", message, "picture.png", picture.Words, () => PictureDrawing.Png(picture), tenure);
                }
            }
            catch (SlackException fault)
            {
                trouble = fault; // The others are not to wait for this one.
            }
        }

        return trouble is null ? null : throw trouble;
    }
}
