using System.Text.RegularExpressions;
using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

/// <summary>For those without a mouse, with a screen reader, in the dark.</summary>
public sealed class PageAccessTests(Browser browser) : PageScenario(browser)
{
    private static readonly Regex Nothing = new(@"^\s*$");

    [NeedsProgram(Browser.Program)]
    public async Task An_alert_is_acknowledged_with_the_keyboard_alone()
    {
        var igor = await Person("igor");
        await MailServerFails();
        await Expect(igor.Card("A-1")).ToBeVisibleAsync();
        await Expect(igor.CommandBox).ToBeFocusedAsync();

        // Back from the command box, as one does: the card's buttons come right before it.
        for (var steps = 0; steps < 12 && await Focused(igor, "data-action") != "ack"; steps++)
        {
            await igor.Page.Keyboard.PressAsync("Shift+Tab");
        }

        await Expect(igor.Button("A-1", "ack")).ToBeFocusedAsync();
        await igor.Page.Keyboard.PressAsync("Enter");

        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "acknowledged");
        await Expect(igor.Card("A-1")).ToBeFocusedAsync();
    }

    [NeedsProgram(Browser.Program)]
    public async Task Every_stop_of_the_tab_key_is_visible()
    {
        var igor = await Person("igor");
        await MailServerFails();
        await Expect(igor.Card("A-1")).ToBeVisibleAsync();
        var seen = new HashSet<string>();

        for (var steps = 0; steps < 40; steps++)
        {
            await igor.Page.Keyboard.PressAsync("Tab");
            var (name, marked) = await Stop(igor);
            if (!seen.Add(name))
            {
                break;
            }

            Assert.True(marked, $"{name} has the focus, and nobody sees it.");
        }

        Assert.True(seen.Count > 10, string.Join(", ", seen));
    }

    [NeedsProgram(Browser.Program)]
    public async Task Everything_that_can_be_used_has_a_name()
    {
        var igor = await Person("igor");
        await MailServerFails();
        await igor.Replies("A-1").ClickAsync();
        await igor.Says("/alert list");
        await Expect(igor.Notes.First).ToBeVisibleAsync();
        await NothingIsNameless(igor.Page);

        await igor.Says("/oncall me");
        await Expect(igor.FormDialog).ToBeVisibleAsync();
        await NothingIsNameless(igor.Page);
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_screen_reader_hears_of_a_new_alert()
    {
        var igor = await Person("igor");

        await MailServerFails();

        await Expect(igor.Page.Locator("#announcer[aria-live=polite]")).ToContainTextAsync("Mailserver down");
        await Expect(igor.Page.GetByRole(AriaRole.Article, new() { Name = "A-1, Firing, InstanceDown" })).ToBeVisibleAsync();
    }

    [NeedsProgram(Browser.Program)]
    public Task Text_stands_out_in_the_light() => TextStandsOut(ColorScheme.Light, "rgb(244, 246, 248)");

    [NeedsProgram(Browser.Program)]
    public Task Text_stands_out_in_the_dark() => TextStandsOut(ColorScheme.Dark, "rgb(14, 18, 22)");

    [NeedsProgram(Browser.Program)]
    public async Task A_chosen_theme_is_kept()
    {
        var igor = await Person("igor");

        await igor.Page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).ClickAsync();
        await igor.Page.ReloadAsync();

        await Expect(igor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(igor.Page.Locator("html")).ToHaveCSSAsync("color-scheme", "dark");
        await igor.IsLive();
    }

    private async Task TextStandsOut(ColorScheme scheme, string ground)
    {
        await MailServerFails();
        await Bot.PostHook(AlertmanagerHook.Firing("DiskFull"));
        await Bot.Command("corey", "/alert ack A-1");
        await Bot.PostHook(AlertmanagerHook.Firing("Over"));
        await Bot.Command("corey", "/alert resolve A-3");
        var igor = await Person("igor", Look.Laptop with { Scheme = scheme });
        await igor.Says("/nonsense");
        await Expect(igor.Notes).ToBeVisibleAsync();
        await Expect(igor.Page.Locator("html")).ToHaveCSSAsync("background-color", ground);

        Assert.Empty(await igor.Page.EvaluateAsync<string[]>(
            """
            () => {
              const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgba = color => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1); return [...paint.getImageData(0, 0, 1, 1).data]; };
              const ground = node => { for (; node; node = node.parentElement) { const color = rgba(getComputedStyle(node).backgroundColor); if (color[3] === 255) return color; } return [255, 255, 255]; };
              const light = color => color.slice(0, 3).map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
                .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
              const faint = [];
              for (const node of document.querySelectorAll('body *')) {
                if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || !node.checkVisibility() || node.closest('.unseen, :disabled')) continue;
                const [one, other] = [light(rgba(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
                const ratio = (one + .05) / (other + .05);
                if (ratio < 4.5) faint.push(`${node.tagName}.${node.className} "${node.textContent.slice(0, 30)}" ${ratio.toFixed(2)}`);
              }
              return faint;
            }
            """));
    }

    private static async Task NothingIsNameless(IPage page)
    {
        foreach (var role in new[] { AriaRole.Button, AriaRole.Link, AriaRole.Textbox, AriaRole.Combobox, AriaRole.Radio, AriaRole.Dialog, AriaRole.Navigation })
        {
            await Expect(page.GetByRole(role, new() { NameRegex = Nothing })).ToHaveCountAsync(0);
        }
    }

    private static Task<string?> Focused(Visitor visitor, string attribute) =>
        visitor.Page.EvaluateAsync<string?>("name => document.activeElement.getAttribute(name)", attribute);

    private static async Task<(string Name, bool Marked)> Stop(Visitor visitor)
    {
        var stop = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => {
              const node = document.activeElement;
              const ring = part => { const style = getComputedStyle(part); return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; };
              if (node === document.body) return ['the page itself', 'true'];
              return [`${node.tagName} ${node.id || node.dataset.action || node.textContent.trim().slice(0, 30)}`, String(ring(node) || ring(node.parentElement))];
            }
            """);
        return (stop[0], stop[1] == "true");
    }
}
