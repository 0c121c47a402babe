using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Following;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Chat.Slack.Socket;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Web;

namespace ChatOps.Chat.Slack;

internal static class SlackRegistration
{
    /// <summary>Slack: the client, the way in, what it shows.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackSettings settings, bool isOn)
    {
        if (!isOn)
        {
            return services;
        }

        services
            .AddSingleton(settings)
            .AddSingleton<SlackState>()
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<SlackState>())
            .AddSingleton<SlackPace>()
            .AddSingleton(provider => new SlackTransport(SlackTransport.NewClient(), settings, provider.GetRequiredService<SlackPace>()))
            .AddSingleton<ISlackApi, SlackClient>()
            .AddSingleton<SlackChannels>()
            .AddSingleton<SocketTimes>()
            .AddSingleton<SlackPeople>()
            .AddSingleton<SlackHome>()
            .AddSingleton<SlackMembers>()
            .AddSingleton<SlackPins>()
            .AddSingleton<SlackPlatform>()
            .AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<SlackPlatform>())
            .AddSingleton<Collection>(SlackDelivery.Collection)
            .AddSingleton<SlackInbox>()
            .AddSingleton<SlackRecent>()
            .AddSingleton<IGroups, SlackRoleGroups>()
            .AddSingleton<SlackAnswers>()
            .AddSingleton<SlackWords>()
            .AddSingleton<SlackCommands>()
            .AddSingleton<SlackClicks>()
            .AddSingleton<SlackForms>()
            .AddSingleton<SlackShortcuts>()
            .AddSingleton<SlackEvents>()
            .AddSingleton<SlackDispatcher>()
            .AddSingleton<IDueWork, SlackInboxWork>()
            .AddSingleton<SlackWork>()
            .AddHostedService(provider => provider.GetRequiredService<SlackWork>())
            .AddHostedService<SlackHeartbeat>()
            .AddSlackFollowing();
        return settings.AppToken is null ? services : services.AddHostedService<SocketMode>();
    }

    /// <summary>What in Slack follows what we know.</summary>
    private static IServiceCollection AddSlackFollowing(this IServiceCollection services) => services
        .AddSingleton<Collection>(SlackFollowed.Collection)
        .AddSingleton<Collection>(SlackVisitor.Collection)
        .AddSingleton<Collection>(SlackRoom.Collection)
        .AddSingleton<SlackNotices>()
        .AddSingleton<OnCallNow>()
        .AddSingleton<ISlackFollower, TopicFollower>()
        .AddSingleton<ISlackFollower, GroupFollower>()
        .AddSingleton<ISlackFollower>(provider => provider.GetRequiredService<SlackHome>())
        .AddSingleton<RoomFurniture>()
        .AddSingleton<ISlackFollower, RoomFollower>()
        .AddSingleton<ThreadFiles>()
        .AddSingleton<ISlackFollower, PostmortemFollower>()
        .AddSingleton<ISlackFollower, PictureFollower>()
        .AddSingleton<SlackFollowing>()
        .AddHostedService(provider => provider.GetRequiredService<SlackFollowing>());
}
