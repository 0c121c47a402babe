using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ChatOps.Tests.Fakes;

/// <summary>Debian's Chromium, one for all tests of the page. It is started by the first that asks, so that nothing happens where all of them are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Program = "chromium";

    private readonly ConcurrentDictionary<Look, ConcurrentBag<IBrowserContext>> _free = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>
    /// A fresh page in a context that no other open page is in. Contexts are used again, which saves a third of the time: each bot has a port, and with it
    /// a storage in the browser, of its own.
    /// </summary>
    internal async Task<IPage> Open(Look look)
    {
        if (!_free.GetOrAdd(look, _ => []).TryTake(out var context))
        {
            context = await (await Running()).NewContextAsync(look.Options);
            context.SetDefaultTimeout(10_000);
        }

        return await context.NewPageAsync();
    }

    internal async Task Close(IPage page, Look look)
    {
        await page.EvaluateAsync("localStorage.clear()");
        await page.CloseAsync();
        _free[look].Add(page.Context);
    }

    private async Task<IBrowser> Running()
    {
        if (_browser is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = NeedsProgramAttribute.PathOf(Program),
                Headless = true,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--process-per-site", "--disable-software-rasterizer",
                ],
            });
        }

        return _browser;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>What somebody sits in front of.</summary>
internal sealed record Look(int Width, int Height, bool Touch, ColorScheme Scheme)
{
    public static Look Laptop { get; } = new(1280, 800, false, ColorScheme.Light);

    public static Look Phone { get; } = new(390, 844, true, ColorScheme.Light);

    public BrowserNewContextOptions Options => new()
    {
        ViewportSize = new() { Width = Width, Height = Height },
        IsMobile = Touch,
        HasTouch = Touch,
        DeviceScaleFactor = Touch ? 2 : 1,
        ColorScheme = Scheme,
        ReducedMotion = ReducedMotion.Reduce,
        Locale = "en-GB",
        TimezoneId = "Europe/Berlin",
    };
}

/// <summary>The tests of the page come one after the other and beside nothing else: they look at how fast something appears.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
