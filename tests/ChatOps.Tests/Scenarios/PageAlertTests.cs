using System.Text.RegularExpressions;
using ChatOps.Tests.Fakes;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageAlertTests(Browser browser) : PageScenario(browser)
{
    [NeedsProgram(Browser.Program)]
    public async Task An_alert_appears_within_a_second_with_its_severity_links_and_buttons()
    {
        var igor = await Person("igor");
        await Expect(igor.Page).ToHaveTitleAsync("#on-call · ChatOps");

        await MailServerFails();
        var card = igor.Card("A-1");
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 1000 });

        await Expect(card).ToHaveAttributeAsync("data-state", "firing");
        await Expect(card.Locator("h2")).ToHaveTextAsync("InstanceDown");
        await Expect(card).ToContainTextAsync("Mailserver down");
        await Expect(card.Locator(".fields > div").Filter(new() { HasText = "Severity" })).ToContainTextAsync("critical");
        await Expect(card.Locator("a[href='https://github.com/status-im/infra-docs']")).ToHaveTextAsync("Runbook");
        await Expect(card.Locator("a[href^='https://prometheus.status.im/']")).ToHaveTextAsync("Source");
        await Expect(card.Locator("[data-action]")).ToHaveTextAsync(["Acknowledge", "Escalate", "Resolve", "Declare incident", "Snooze", "Silence", "History"]);
    }

    [NeedsProgram(Browser.Program)]
    public async Task The_title_counts_what_fires_and_the_side_bar_leads_to_it()
    {
        var igor = await Person("igor");

        await MailServerFails();
        await Bot.PostHook(AlertmanagerHook.Firing("DiskFull"));
        await Expect(igor.Page).ToHaveTitleAsync("(2) #on-call · ChatOps");
        await Bot.PostHook(Samples.Alertmanager("webhook_resolved"));

        await Expect(igor.Page).ToHaveTitleAsync("(1) #on-call · ChatOps");
        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "resolved");
        await igor.Page.Locator("#attention a[href='#A-2']").ClickAsync();
        await Expect(igor.Card("A-2")).ToBeFocusedAsync();
    }

    [NeedsProgram(Browser.Program)]
    public async Task Of_two_who_acknowledge_one_has_it_and_the_slower_is_told_who()
    {
        var igor = await Person("igor");
        var corey = await Person("corey");
        await MailServerFails();
        var igorHasIt = new TaskCompletionSource();
        await corey.Page.RouteAsync("**/local/action", async route =>
        {
            await igorHasIt.Task;
            await route.ContinueAsync();
        });

        await corey.Button("A-1", "ack").ClickAsync();
        await Expect(corey.Button("A-1", "ack")).ToBeDisabledAsync();
        await igor.Button("A-1", "ack").ClickAsync();
        await Expect(igor.Notes).ToContainTextAsync("You have A-1: InstanceDown.");
        igorHasIt.SetResult();

        await Expect(corey.Notes).ToContainTextAsync("@igor has A-1 since");
        foreach (var visitor in new[] { igor, corey })
        {
            await Expect(visitor.Card("A-1")).ToHaveAttributeAsync("data-state", "acknowledged");
            await Expect(visitor.Card("A-1")).ToContainTextAsync("acknowledged by @igor");
            await Expect(visitor.Button("A-1", "ack")).ToHaveCountAsync(0);
            await Expect(visitor.Page.Locator("#messages > li > article")).ToHaveCountAsync(1);
        }

        await Expect(igor.Notes).ToHaveCountAsync(1);
    }

    [NeedsProgram(Browser.Program)]
    public async Task Escalating_tells_the_next_people_by_name()
    {
        await Bot.Command("igor", "/oncall join");
        await Bot.Command("corey", "/oncall join");
        var igor = await Person("igor");
        await MailServerFails();
        await Expect(igor.Card("A-1")).ToContainTextAsync("told @igor");

        await igor.Button("A-1", "escalate").ClickAsync();

        await Expect(igor.Notes).ToContainTextAsync("A-1 is escalated: told @");
        await Expect(igor.Notes).ToContainTextAsync("@corey");
        await Expect(igor.Card("A-1").Locator(".mention", new() { HasText = "@corey" })).ToBeVisibleAsync();
        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "firing");
    }

    [NeedsProgram(Browser.Program)]
    public async Task Resolving_ends_an_alert_and_says_what_the_source_thinks()
    {
        var igor = await Person("igor");
        await MailServerFails();

        await igor.Button("A-1", "resolve").ClickAsync();

        await Expect(igor.Card("A-1")).ToHaveAttributeAsync("data-state", "resolved");
        await Expect(igor.Card("A-1")).ToContainTextAsync("resolved by @igor");
        await Expect(igor.Card("A-1").Locator("[data-action]")).ToHaveTextAsync(["History"]);
        await igor.Replies("A-1").ClickAsync();
        await Expect(igor.Thread).ToContainTextAsync("Alertmanager has not said yet that it is back to normal.");
    }

    [NeedsProgram(Browser.Program)]
    public async Task The_thread_tells_who_did_what_when_and_from_where()
    {
        var igor = await Person("igor");
        await MailServerFails();
        await Bot.Command("corey", "/alert ack A-1");
        await Expect(igor.Replies("A-1")).ToContainTextAsync("2 replies");

        await igor.Replies("A-1").ClickAsync();
        var replies = igor.Thread.Locator(".thread-replies article");

        await Expect(replies).ToHaveCountAsync(2);
        await Expect(replies.First).ToContainTextAsync("Alertmanager, receiver hook");
        await Expect(replies.Last).ToContainTextAsync("corey acknowledged it.");
        await Expect(replies.Last.Locator(".context")).ToHaveTextAsync(new Regex(@"^\w{3} \d+ \w{3} \d\d:\d\d UTC · by command, local chat$"));
        await Bot.Command("corey", "/alert note A-1 the disk was full");
        await Expect(replies).ToHaveCountAsync(3);
        await Expect(replies.Last).ToContainTextAsync("corey notes: the disk was full");
        await igor.Page.Keyboard.PressAsync("Escape");
        await Expect(igor.Thread).ToBeHiddenAsync();
    }

    [NeedsProgram(Browser.Program)]
    public async Task The_history_button_opens_the_thread_and_tells_nothing_twice()
    {
        var igor = await Person("igor");
        await MailServerFails();
        await Expect(igor.Replies("A-1")).ToBeVisibleAsync();

        await igor.Button("A-1", "history").ClickAsync();

        await Expect(igor.Thread).ToContainTextAsync("Alertmanager, receiver hook");
        await Expect(igor.Notes).ToHaveCountAsync(0);
        await igor.Page.Keyboard.PressAsync("Escape");
        await igor.Says("/alert show");
        await igor.Notes.Locator("[data-action=history]").ClickAsync();
        await Expect(igor.Notes.Last).ToContainTextAsync("The same stands in the thread of its card.");
        await Expect(igor.Thread).ToBeHiddenAsync();
    }
}
