using ChatOps.Chat.Slack.Api;
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
            .AddHostedService(provider => provider.GetRequiredService<SlackWork>());
        return settings.AppToken is null ? services : services.AddHostedService<SocketMode>();
    }
}
