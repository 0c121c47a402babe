using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageFormTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task A_form_says_at_the_field_what_is_wrong_and_saves_what_is_right()
    {
        var igor = await Person("igor");
        igor.Forgives("status of 422");
        await igor.Says("/oncall me");
        var zone = igor.FormDialog.GetByLabel("Time zone");
        await Expect(zone).ToHaveValueAsync("Europe/Berlin");
        await Expect(zone).ToBeFocusedAsync();

        await zone.FillAsync("Europe/Berlim");
        await zone.PressAsync("Enter");
        await Expect(igor.FormDialog.Locator("[data-field=zone] .error")).ToContainTextAsync("Europe/Berlim");
        await Expect(zone).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(zone).ToBeFocusedAsync();
        await zone.FillAsync("Europe/Madrid");
        await igor.FormDialog.GetByLabel("E-mail").FillAsync("igor@example.org");
        await igor.FormDialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(igor.FormDialog).ToBeHiddenAsync();
        await Expect(igor.Notes).ToContainTextAsync("time zone Europe/Madrid, e-mail igor@example.org");
        await igor.Says("/oncall me");
        await Expect(zone).ToHaveValueAsync("Europe/Madrid");
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_note_is_asked_for_in_a_form_and_stands_in_the_thread()
    {
        var igor = await Person("igor");
        igor.Forgives("status of 422");
        await MailServerFails();
        await igor.Says("/alert note A-1");
        var note = igor.FormDialog.GetByLabel("Note *");
        await Expect(igor.FormDialog.Locator("h2")).ToHaveTextAsync("Note on A-1");

        await note.PressAsync("Control+Enter");
        await Expect(igor.FormDialog.Locator("[data-field=text] .error")).ToHaveTextAsync("Note is needed.");
        await note.FillAsync("restarted it,\nwatching");
        await note.PressAsync("Control+Enter");

        await Expect(igor.FormDialog).ToBeHiddenAsync();
        await igor.Replies("A-1").ClickAsync();
        await Expect(igor.Thread.Locator(".thread-replies article").Last.Locator(".card-body")).ToHaveTextAsync("igor notes: restarted it,\nwatching");
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_form_that_is_given_up_changes_nothing_and_gives_the_keyboard_back()
    {
        var igor = await Person("igor");
        await igor.Says("/oncall me");
        await Expect(igor.FormDialog).ToBeVisibleAsync();

        await igor.Page.Keyboard.PressAsync("Escape");

        await Expect(igor.FormDialog).ToBeHiddenAsync();
        await Expect(igor.CommandBox).ToBeFocusedAsync();
    }
}
