using ChatOps.Core.Chat;
using ChatOps.Pagers.PagerDuty;
using ChatOps.Web;

namespace ChatOps.Pagers;

internal static class PagerRegistration
{
    /// <summary>The pager, if one is set up. The delivery worker brings it its pages as it brings a chat its messages.</summary>
    public static IServiceCollection AddPagers(this IServiceCollection services, PagerDutySettings pagerDuty) => !pagerDuty.IsOn
        ? services
        : services
            .AddSingleton(_ => new PagerDutyPager(pagerDuty, new HttpClient { Timeout = PagerDutyPager.Patience }))
            .AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<PagerDutyPager>())
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<PagerDutyPager>());
}
