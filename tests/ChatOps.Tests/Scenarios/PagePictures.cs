using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

/// <summary>Shows the page in a night's work. The pictures are kept when CHATOPS_PICTURES names a folder; without it this is a walk through the page like any other.</summary>
public sealed class PagePictures(Browser browser) : PageScenario(browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHATOPS_PICTURES");

    [NeedsProgram(Browser.Program)]
    public async Task A_night_on_call_in_pictures()
    {
        await ANight();
        var igor = await Person("igor");
        await Expect(igor.Card("A-3")).ToHaveAttributeAsync("data-state", "firing");
        await Keep(igor, "laptop-light");
        await igor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Keep(igor, "laptop-dark");
        await igor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        await igor.CommandBox.PressSequentiallyAsync("/alert ");
        await Expect(igor.Page.Locator("#completion [role=option]").First).ToBeVisibleAsync();
        await Keep(igor, "completion");
        await igor.Says("/oncall who");
        await igor.Says("/oncall jion");
        await Expect(igor.Notes).ToHaveCountAsync(2);
        await Keep(igor, "answers");
        await igor.Replies("A-2").ClickAsync();
        await Expect(igor.Thread).ToContainTextAsync("corey notes");
        await Keep(igor, "thread");
        await igor.Page.Keyboard.PressAsync("Escape");
        await igor.Says("/oncall me");
        await Expect(igor.FormDialog).ToBeVisibleAsync();
        await Keep(igor, "form");

        var phone = await Person("corey", Look.Phone);
        await Expect(phone.Card("A-3")).ToBeVisibleAsync();
        await Keep(phone, "phone");
        await phone.Replies("A-2").TapAsync();
        await Keep(phone, "phone-thread");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Back to the channel" }).TapAsync();
        await phone.Page.Locator("#open-menu").TapAsync();
        await Expect(phone.Page.Locator("#attention a").First).ToBeVisibleAsync();
        await Keep(phone, "phone-menu");
    }

    [NeedsProgram(Browser.Program)]
    public async Task A_first_visit_in_pictures()
    {
        var somebody = await Somebody();
        await Expect(somebody.Page.GetByLabel("Your name")).ToBeVisibleAsync();

        await Keep(somebody, "first-visit");
    }

    /// <summary>One alert is over, one is being worked on, one has just begun.</summary>
    private async Task ANight()
    {
        await Bot.Command("igor", "/oncall join");
        await Bot.Command("corey", "/oncall join");
        await MailServerFails();
        await Bot.Command("corey", "/alert ack A-1");
        await Bot.PostHook(Samples.Alertmanager("webhook_resolved"));
        await Bot.PostHook(AlertmanagerHook.Firing(
            "DiskFull",
            new() { ["instance"] = "node-03.do-ams3.eth.prod", ["fleet"] = "eth.prod", ["severity"] = "warning" },
            new() { ["summary"] = "Disk is 96 % full", ["description"] = "/data on node-03.do-ams3.eth.prod fills up in 3 hours", ["runbook_url"] = "https://github.com/status-im/infra-docs" }));
        await Bot.Command("corey", "/alert ack A-2");
        await Bot.Command("corey", "/alert note A-2 old logs removed, watching it");
        await Bot.PostHook(Samples.Alertmanager("webhook_firing_group3"));
        await Bot.Message(message => message.Subject == "A-3");
        await Bot.Message(message => message.Text.Contains("old logs removed", StringComparison.Ordinal));
    }

    private static async Task Keep(Visitor visitor, string name)
    {
        if (Folder is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
