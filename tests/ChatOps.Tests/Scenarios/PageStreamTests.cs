using ChatOps.Tests.Fakes;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageStreamTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task After_a_restart_of_the_bot_the_page_has_everything_once()
    {
        var igor = await Person("igor");
        igor.Forgives("net::ERR_");
        await MailServerFails();
        await Expect(igor.Card("A-1")).ToBeVisibleAsync();
        await igor.Says("/oncall who");

        await Bot.Stop();
        await Expect(igor.Page.Locator("#connection")).ToHaveAttributeAsync("data-state", "reconnecting");
        await Bot.Start();
        await Bot.PostHook(AlertmanagerHook.Firing("MissedMeanwhile"));
        await Bot.Command("corey", "/alert ack A-1");
        await igor.IsLive();
        await Bot.PostHook(AlertmanagerHook.Firing("After"));

        await Expect(igor.Page.Locator("#messages > li > article")).ToHaveCountAsync(3);
        await Expect(igor.Page.Locator("#messages > li > article h2")).ToHaveTextAsync(["InstanceDown", "MissedMeanwhile", "After"]);
        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "acknowledged");
        await Expect(igor.Notes).ToHaveCountAsync(1);
        await Expect(igor.Page).ToHaveTitleAsync("(2) #on-call · ChatOps");
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_reload_shows_the_same_cards_in_the_same_order()
    {
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            await Bot.PostHook(AlertmanagerHook.Firing(name));
        }

        await Bot.Message(message => message.Subject == "A-3");
        var igor = await Person("igor");
        await Expect(igor.Page.Locator("#messages > li > article h2")).ToHaveTextAsync(["One", "Two", "Three"]);
        await igor.Page.ReloadAsync();

        await Expect(igor.Page.Locator("#messages > li > article h2")).ToHaveTextAsync(["One", "Two", "Three"]);
        await Expect(igor.Card("A-3")).ToBeInViewportAsync();
    }
}
