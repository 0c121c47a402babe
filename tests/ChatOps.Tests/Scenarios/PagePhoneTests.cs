using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PagePhoneTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task On_a_phone_the_channels_slide_in_and_lead_to_what_needs_attention()
    {
        await MailServerFails();
        var igor = await Person("igor", Look.Phone);
        await Expect(igor.Page.Locator("#sidebar")).Not.ToBeInViewportAsync();

        await igor.Page.Locator("#open-menu").TapAsync();
        await Expect(igor.Page.Locator("#channels button")).ToHaveTextAsync(["#on-call1 firing"]);
        await igor.Page.Locator("#attention a[href='#A-1']").TapAsync();

        await Expect(igor.Page.Locator("#sidebar")).Not.ToBeInViewportAsync();
        await Expect(igor.Card("A-1")).ToBeFocusedAsync();
        await igor.FitsTheWidth();
    }

    [NeedsProgram(Browser.Program)]
    public async Task On_a_phone_an_alert_is_acknowledged_and_its_thread_covers_the_page()
    {
        await MailServerFails();
        var igor = await Person("igor", Look.Phone);

        await igor.Button("A-1", "ack").TapAsync();
        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "acknowledged");
        await igor.Replies("A-1").TapAsync();

        await Expect(igor.Thread).ToContainTextAsync("igor acknowledged it.");
        var sheet = (await igor.Thread.BoundingBoxAsync())!;
        Assert.Equal((0, 0, 390, 844), (sheet.X, sheet.Y, sheet.Width, sheet.Height));
        await igor.FitsTheWidth();
        await igor.Page.GetByRole(AriaRole.Button, new() { Name = "Back to the channel" }).TapAsync();
        await Expect(igor.Thread).ToBeHiddenAsync();
        await Expect(igor.CommandBox).ToBeInViewportAsync();
    }

    [NeedsProgram(Browser.Program)]
    public async Task Buttons_on_a_phone_are_large_enough_for_a_thumb()
    {
        await MailServerFails();
        var igor = await Person("igor", Look.Phone);
        await Expect(igor.Button("A-1", "ack")).ToBeVisibleAsync();

        foreach (var button in await igor.Page.Locator("button:visible:not(#sidebar *)").AllAsync())
        {
            var box = (await button.BoundingBoxAsync())!;
            Assert.True(box.Height >= 40, $"{await button.InnerTextAsync()} is {box.Height} high");
        }
    }
}
