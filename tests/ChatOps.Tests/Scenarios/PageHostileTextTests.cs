using ChatOps.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

public sealed class PageHostileTextTests(Browser browser) : PageScenario(browser)
{
    private const string Script = "<script>window.harm = 1</script><img src=x onerror=\"window.harm = 2\"><b>bold</b>";

    [NeedsProgram(Browser.Program)]
    public async Task Tags_and_scripts_from_a_webhook_are_shown_as_the_text_they_are()
    {
        var igor = await Person("igor");

        await Bot.PostHook(AlertmanagerHook.Firing(
            "Tags" + Script,
            new() { ["instance"] = Script, [Script] = "in a name" },
            new() { ["summary"] = "Summary " + Script, ["description"] = "[click](javascript:window.harm=3) **bold** @{igor} `code`" }));
        await Bot.Command("corey", $"/alert note A-1 {Script}");
        var card = igor.Card("A-1");

        await Expect(card.Locator("h2")).ToHaveTextAsync("Tags" + Script);
        await Expect(card.Locator(".card-body")).ToContainTextAsync("Summary " + Script);
        await Expect(card.Locator(".card-body")).ToContainTextAsync("[click](javascript:window.harm=3) **bold** @{igor} `code`");
        await Expect(card.Locator("dt", new() { HasText = "<script>" })).ToHaveTextAsync(Script.Length <= 60 ? Script : Script[..59] + "…");
        await igor.Replies("A-1").ClickAsync();
        await Expect(igor.Thread).ToContainTextAsync("corey notes: " + Script);
        await Expect(card.Locator("img, script, .card-body b, .card-body a, .card-body code, .card-body .mention, dt b, dd b")).ToHaveCountAsync(0);
        Assert.Null(await igor.Page.EvaluateAsync<object?>("() => window.harm ?? null"));
    }

    [NeedsProgram(Browser.Program)]
    public async Task An_address_that_runs_a_script_becomes_no_link()
    {
        var igor = await Person("igor");

        await Bot.PostHook(AlertmanagerHook.Firing("Links", annotations: new()
        {
            ["runbook_url"] = "javascript:window.harm=1",
            ["dashboard_url"] = "data:text/html,<script>alert(1)</script>",
        }));
        await Expect(igor.Card("A-1")).ToBeVisibleAsync();

        await Expect(igor.Page.Locator("a[href^='javascript:'], a[href^='data:']")).ToHaveCountAsync(0);
        await Expect(igor.Card("A-1").Locator("dd a")).ToHaveTextAsync(["Source", "Alertmanager"]);
        foreach (var link in await igor.Card("A-1").Locator("dd a").AllAsync())
        {
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        }
    }

    [NeedsProgram(Browser.Program)]
    public async Task Endless_words_many_labels_and_turned_writing_fit_a_phone()
    {
        var igor = await Person("igor", Look.Phone);
        var labels = Enumerable.Range(0, 200).ToDictionary(number => $"label_{number:D3}", number => new string('x', number));
        labels["instance"] = new string('W', 500);
        labels["aaa"] = "\u202Edesrever\u202C and \U0001F525\U0001F9D1\u200D\U0001F692 and العربية";

        await Bot.PostHook(AlertmanagerHook.Firing(new string('M', 300), labels, new()
        {
            ["summary"] = "\u202E" + new string('i', 400),
            ["description"] = string.Join('\n', Enumerable.Repeat("a line that goes on and on and on and on and on and on and on", 60)),
            ["runbook_url"] = "https://example.org/" + new string('p', 900),
        }));
        await Expect(igor.Card("A-1")).ToBeVisibleAsync();

        await igor.FitsTheWidth();
        await igor.Card("A-1").GetByRole(AriaRole.Button, new() { Name = "Show all of it" }).ClickAsync();
        await igor.Replies("A-1").ClickAsync();
        await igor.FitsTheWidth();
        await Expect(igor.Thread.Locator(".thread-root [data-action=ack]")).ToBeVisibleAsync();
        await Expect(igor.Page.Locator("#thread .card-title h2").First).ToHaveTextAsync(new string('M', 149) + "…");
    }
}
