using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageVisitTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task A_first_visit_asks_who_I_am_and_remembers_it()
    {
        var visitor = await Somebody();

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        await visitor.Is("igor");
        await visitor.Page.ReloadAsync();
        await visitor.IsLive();

        await Expect(visitor.Page.Locator("#whoami")).ToContainTextAsync("igor");
        await Expect(visitor.Page.Locator("#who-dialog")).ToBeHiddenAsync();
    }

    [NeedsProgram(Browser.Program)]
    public async Task Another_person_at_the_same_browser_takes_over_by_the_menu()
    {
        await Bot.Command("corey", "/oncall who");
        var visitor = await Person("igor");

        await visitor.Page.Locator("#whoami").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "corey" }).ClickAsync();
        await visitor.Says("/oncall join");

        await Expect(visitor.Page.Locator("#messages > li > article")).ToContainTextAsync("corey joined core");
    }

    [NeedsProgram(Browser.Program)]
    public async Task Who_only_reads_along_is_asked_again_when_they_want_to_do_something()
    {
        await MailServerFails();
        var visitor = await Somebody();

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync();
        await visitor.Button("A-1", "ack").ClickAsync();
        await visitor.Is("igor");

        await Expect(visitor.Card("A-1")).ToHaveAttributeAsync("data-state", "acknowledged");
        await Expect(visitor.Card("A-1")).ToContainTextAsync("acknowledged by @igor");
    }

    [NeedsProgram(Browser.Program)]
    public async Task An_empty_channel_proposes_what_to_do_first()
    {
        var visitor = await Person("igor");

        await visitor.Page.Locator("#empty [data-example='/oncall join']").ClickAsync();

        await Expect(visitor.CommandBox).ToHaveValueAsync("/oncall join");
        await Expect(visitor.CommandBox).ToBeFocusedAsync();
    }
}
