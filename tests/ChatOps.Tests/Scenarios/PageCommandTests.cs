using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageCommandTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task A_command_is_completed_and_sent_by_keyboard()
    {
        var igor = await Person("igor");

        await igor.Page.Keyboard.PressAsync("/");
        await igor.Page.Keyboard.TypeAsync("/onc jo");
        await Expect(igor.Page.Locator("#completion [role=option]")).ToHaveCountAsync(1);
        await Expect(igor.Page.Locator("#completion")).ToContainTextAsync("Sign up for a rotation");
        await igor.Page.Keyboard.PressAsync("Tab");
        await Expect(igor.CommandBox).ToHaveValueAsync("/oncall join ");
        await igor.Page.Keyboard.PressAsync("Enter");

        await Expect(igor.Notes).ToContainTextAsync("You are in core. You are on call now");
        await Expect(igor.Page.Locator("#messages > li > article")).ToContainTextAsync("igor joined core");
        Assert.Contains("igor is on call for core", await Bot.Command("corey", "/oncall who"), StringComparison.Ordinal);
    }

    [NeedsProgram(Browser.Program)]
    public async Task The_arrow_keys_choose_among_commands_and_bring_back_the_last_one()
    {
        var igor = await Person("igor");

        await igor.CommandBox.PressSequentiallyAsync("/alert");
        await igor.CommandBox.PressAsync("ArrowDown");
        await igor.CommandBox.PressAsync("ArrowDown");
        var second = igor.Page.Locator("#completion [role=option]").Nth(1);
        await Expect(second).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(igor.CommandBox).ToHaveAttributeAsync("aria-activedescendant", "completion-1");
        var words = await second.Locator("code").InnerTextAsync();
        await igor.CommandBox.PressAsync("Enter");
        await Expect(igor.CommandBox).ToHaveValueAsync(words + " ");
        await igor.Says("/oncall who");
        await igor.CommandBox.PressAsync("ArrowUp");

        await Expect(igor.CommandBox).ToHaveValueAsync("/oncall who");
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_wrong_word_gets_the_nearest_right_ones_and_only_I_see_that()
    {
        var igor = await Person("igor");
        var corey = await Person("corey");

        await igor.Says("/oncall jion");
        await Expect(igor.Notes).ToContainTextAsync("I do not know \"oncall jion\". Did you mean /oncall join?");
        await igor.Says("/oncall join help");
        await Expect(igor.Notes.Last).ToContainTextAsync("Usage: /oncall join [rotation]");

        await Expect(corey.Notes).ToHaveCountAsync(0);
        Assert.Empty(await Bot.Messages());
        await igor.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).First.ClickAsync();
        await Expect(igor.Notes).ToHaveCountAsync(1);
    }

    [NeedsProgram(Browser.Program)]
    public async Task What_could_not_be_sent_stays_in_the_box_with_the_reason_above_it()
    {
        var igor = await Person("igor");
        igor.Forgives("net::ERR_");
        await Bot.Stop();

        await igor.CommandBox.FillAsync("/oncall join");
        await igor.CommandBox.PressAsync("Enter");

        await Expect(igor.Page.Locator("#notice")).ToHaveTextAsync("Not sent: the bot cannot be reached.");
        await Expect(igor.CommandBox).ToHaveValueAsync("/oncall join");
    }
}
