using System.Net.Http.Json;
using ChatOps.Tests.Fakes;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.Tests.Scenarios;

/// <summary>The demo as somebody who has heard of the project starts it. The README's picture comes from here.</summary>
[Collection(BrowserTests.Name)]
public sealed class DemoScenarios(Browser browser) : IDisposable
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHATOPS_PICTURES");

    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-demo").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsProgram(Browser.Program)]
    public async Task The_demo_tells_a_fortnight_says_that_it_is_one_and_goes_on()
    {
        await using var demo = ProgramProcess.Start(_folder, "demo", "--Urls=http://127.0.0.1:0", $"--Demo:File={_folder}/not-there-yet/demo.db");
        var deadline = TimeSpan.FromMinutes(2);
        var began = TimeProvider.System.GetTimestamp();
        while (!demo.Out.Contains("The fortnight is over", StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < deadline && demo.Errors.Length == 0, demo.Out + demo.Errors);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        var address = new Uri(demo.Out.Split("Watch it at ")[1].Split('\n')[0].Trim());
        using var http = new HttpClient { BaseAddress = address };
        var messages = (await http.GetFromJsonAsync<List<World.Message>>("/local/messages"))!;
        Assert.StartsWith("Demo\nThis is a demo.", messages[0].Text);
        Assert.Contains(messages, message => message is { Subject: "I-1", State: "closed" } && message.Text.Contains("P-1 was published", StringComparison.Ordinal));
        Assert.Contains(messages, message => message is { Subject: "T-4", State: "normal" } && message.Text.Contains("Somebody tried changeController on SNT controller and it failed", StringComparison.Ordinal));
        Assert.Contains(messages, message => message is { Subject: "T-6", State: "abnormal" });
        Assert.Contains(messages, message => message is { Subject: "R-2", State: "acknowledged" } && message.Text.Contains("Due: ", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.State == "firing");

        await using var visitor = await Visitor.Enter(browser, address, Look.Laptop);
        await visitor.Is("jakub");
        await Expect(visitor.Page.Locator("figure.picture svg").Last).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^(Bug reports validated a week|Transactions of watched contracts a day): "));
        var firing = messages.Last(message => message.State == "firing");
        await visitor.Replies(firing.Subject).ClickAsync();
        await Expect(visitor.Thread).ToContainTextAsync("Told");
        if (Folder is not null)
        {
            Directory.CreateDirectory(Folder);
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, "page.png") });
            await visitor.Card("T-6").First.ScreenshotAsync(new() { Path = Path.Combine(Folder, "contracts.png") });
            await visitor.Page.Locator("article:has(figure.picture)").Last.ScreenshotAsync(new() { Path = Path.Combine(Folder, "digest.png") });
            await visitor.Card("R-2").First.ScreenshotAsync(new() { Path = Path.Combine(Folder, "report.png") });
        }

        await visitor.Button(firing.Subject, "ack").First.ClickAsync();
        await Expect(visitor.Card(firing.Subject)).ToHaveAttributeAsync("data-state", "acknowledged");
    }
}
