using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Fakes;

/// <summary>Somebody who has the page open. When they leave, nothing may have gone wrong behind their back.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly Browser _browser;
    private readonly Look _look;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _expected = new();

    private Visitor(Browser browser, Look look, IPage page) => (_browser, _look, Page) = (browser, look, page);

    public IPage Page { get; }

    public ILocator CommandBox => Page.Locator("#command");

    /// <summary>What only this visitor sees.</summary>
    public ILocator Notes => Page.Locator("#feed [data-ephemeral]");

    public ILocator Thread => Page.Locator("#thread");

    public ILocator FormDialog => Page.Locator("#form-dialog");

    public static async Task<Visitor> Enter(Browser browser, Uri address, Look look)
    {
        var visitor = new Visitor(browser, look, await browser.Open(look));
        visitor.Watch(address);
        await visitor.Page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await visitor.IsLive();
        return visitor;
    }

    /// <summary>The newest card about a subject, in the feed.</summary>
    public ILocator Card(string subject) => Page.Locator($"#messages > li > article[data-subject='{subject}']").Last;

    public ILocator Button(string subject, string action) => Card(subject).Locator($"[data-action='{action}']");

    public ILocator Replies(string subject) => Card(subject).Locator(".replies");

    public Task IsLive() => Expect(Page.Locator("#connection")).ToHaveAttributeAsync("data-state", "live");

    /// <summary>Answers the question that a first visit asks.</summary>
    public async Task Is(string name)
    {
        await Page.GetByLabel("Your name").FillAsync(name);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#whoami")).ToContainTextAsync(name);
    }

    public async Task Says(string command)
    {
        await CommandBox.FillAsync(command);
        await CommandBox.PressAsync("Enter");
        await Expect(CommandBox).ToHaveValueAsync("");
    }

    /// <summary>The browser itself complains about some of what is tested here; a complaint with these words is none.</summary>
    public void Forgives(string words) => _expected.Enqueue(words);

    /// <summary>Nothing is wider than the window.</summary>
    public async Task FitsTheWidth()
    {
        var wide = await Page.EvaluateAsync<string[]>(
            """
            () => [document.documentElement, document.querySelector('#feed'), ...document.querySelectorAll('article, #thread:not([hidden]) .thread-scroll')]
              .filter(part => part.scrollWidth > part.clientWidth || part.getBoundingClientRect().right > innerWidth + 0.5)
              .map(part => `${part.tagName}#${part.id} ${part.scrollWidth} > ${part.clientWidth}`)
            """);
        Assert.Empty(wide);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.Close(Page, _look);
        var left = _complaints.Where(complaint => !_expected.Any(words => complaint.Contains(words, StringComparison.Ordinal))).ToList();
        Assert.Empty(left);
    }

    private void Watch(Uri address)
    {
        // The browser writes violations of the page's content security policy to the console, as errors.
        Page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning")
            {
                _complaints.Enqueue($"console {said.Type}: {said.Text}");
            }
        };
        Page.PageError += (_, fault) => _complaints.Enqueue($"script: {fault}");
        Page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is not "data" && asked.Authority != address.Authority)
            {
                _complaints.Enqueue($"asked elsewhere: {request.Url}");
            }
        };
    }
}
