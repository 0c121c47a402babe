using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>A bot, and people who have its page open.</summary>
[Collection(BrowserTests.Name)]
public abstract class PageScenario(Browser browser) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    private protected RunningBot Bot { get; private set; } = null!;

    public async Task InitializeAsync() => Bot = await RunningBot.StartAsync();

    public async Task DisposeAsync()
    {
        try
        {
            foreach (var visitor in _visitors)
            {
                await visitor.DisposeAsync();
            }
        }
        finally
        {
            await Bot.DisposeAsync();
        }
    }

    /// <summary>Somebody opens the page for the first time.</summary>
    private protected async Task<Visitor> Somebody(Look? look = null)
    {
        var visitor = await Visitor.Enter(browser, Bot.BaseUri, look ?? Look.Laptop);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Somebody with a name has the page open.</summary>
    private protected async Task<Visitor> Person(string name, Look? look = null)
    {
        var visitor = await Somebody(look);
        await visitor.Is(name);
        return visitor;
    }

    /// <summary>Mailserver down, critical: A-1 when it is the first.</summary>
    private protected Task MailServerFails() => Bot.PostHook(Samples.Alertmanager("webhook_firing_single"));
}
