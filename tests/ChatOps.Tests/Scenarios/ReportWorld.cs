using System.Net;
using System.Text;
using System.Text.Json;
using ChatOps.Core.BugReports;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.HackerOne;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>The bot with HackerOne and an issue tracker. igor is on call for core.</summary>
internal sealed class ReportWorld : IAsyncDisposable
{
    private static readonly string[] Swarms =
    [
        "--BugReports:Swarms:0:Name=wallet", "--BugReports:Swarms:0:Assets=im.status.ethereum,app.status.*", "--BugReports:Swarms:0:Repository=status-im/status-mobile", "--BugReports:Swarms:0:Labels=team:wallet",
        "--BugReports:Swarms:1:Name=desktop", "--BugReports:Swarms:1:Assets=status-desktop", "--BugReports:Swarms:1:Repository=status-im/status-desktop", "--BugReports:Swarms:1:Assignees=ana",
        "--Digests:BugReports:Enabled=false",
    ];

    private ReportWorld(World world, FakeHackerOne hackerOne, FakeIssueTracker tracker, bool asks) => (World, HackerOne, Tracker, Asks) = (world, hackerOne, tracker, asks);

    public World World { get; }

    public FakeHackerOne HackerOne { get; }

    public FakeIssueTracker Tracker { get; }

    private bool Asks { get; }

    /// <param name="ways">How the bot hears of HackerOne.</param>
    /// <param name="before">What happened there before the bot's first start.</param>
    /// <param name="settings">Beside the usual.</param>
    public static async Task<ReportWorld> Begin(Ways ways, Action<FakeHackerOne>? before, params string[] settings)
    {
        var clock = new FakeTimeProvider(Instant.FromUtc(2026, 11, 23, 10, 0).ToDateTimeOffset());
        var hackerOne = await FakeHackerOne.Open(clock);
        before?.Invoke(hackerOne);
        var tracker = new FakeIssueTracker();
        var world = await World.BeginOn(
            clock, services => services.AddSingleton<IIssueTracker>(tracker), [.. ways.HasFlag(Ways.Webhook) ? FakeHackerOne.Webhooks : [], .. ways.HasFlag(Ways.Polling) ? hackerOne.Api : [], .. Swarms, .. settings]);
        var made = new ReportWorld(world, hackerOne, tracker, ways.HasFlag(Ways.Polling));
        if (made.Asks)
        {
            await World.Until(async () => (await made.Readiness()) == "ok", "HackerOne was not asked");
        }

        await world.Says("igor", "/oncall join");
        await world.HearsAll();
        return made;
    }

    public static Task<ReportWorld> Begin(Ways ways = Ways.Both) => Begin(ways, null);

    /// <summary>Something happened at HackerOne: its webhook comes where the bot takes any, and it is asked where the bot asks.</summary>
    public async Task Hear(FakeDelivery delivery, Ways ways)
    {
        if (ways.HasFlag(Ways.Webhook))
        {
            Assert.Equal(HttpStatusCode.OK, await Deliver(delivery));
        }

        if (ways.HasFlag(Ways.Polling))
        {
            await AskAgain();
        }

        await World.Settle();
    }

    public async Task<HttpStatusCode> Deliver(FakeDelivery delivery) => (await Answered(delivery)).Status;

    public async Task<(HttpStatusCode Status, string Text)> Answered(FakeDelivery delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/hackerone") { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-H1-Event", delivery.Event);
        request.Headers.Add("X-H1-Delivery", delivery.Id);
        request.Headers.Add("X-H1-Signature", delivery.Signature);
        using var response = await World.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Time passes until the bot has asked what happened, and has taken all of it.</summary>
    public async Task AskAgain()
    {
        var rounds = HackerOne.Rounds;
        await World.Until(
            () =>
            {
                World.Clock.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(HackerOne.Rounds > rounds);
            },
            "HackerOne is not asked again");
        await World.Settle();
    }

    /// <summary>Waits until nothing is to be written any more, letting time pass.</summary>
    public async Task IsWritten(string id = "R-1")
    {
        await World.Until(
            async () =>
            {
                if ((await Stored(id)).Effects.Count == 0)
                {
                    return true;
                }

                World.Clock.Advance(TimeSpan.FromSeconds(1));
                return false;
            },
            "something is still to be written");
        await World.Settle();
    }

    public async Task<BugReport> Stored(string id = "R-1") => (await World.Services.GetRequiredService<IStore>().Find<BugReport>(id))!;

    public Task<IReadOnlyList<BugReport>> All() => World.Services.GetRequiredService<IStore>().List(BugReport.Heard, Keys.All).AsTask();

    /// <summary>Opens a button's form and sends it with some of its values changed.</summary>
    public async Task<string> Fills(string user, string typed, Dictionary<string, string> values)
    {
        var opened = await World.Post("/local/command", new { user, channel = "on-call", text = typed });
        Assert.True(opened.GetProperty("form").ValueKind == JsonValueKind.Object, opened.GetRawText());
        var form = opened.GetProperty("form");
        var filled = form.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!, field => field.GetProperty("value").GetString() ?? "");
        foreach (var (name, value) in values)
        {
            filled[name] = value;
        }

        var answer = await World.Post("/local/form", new { user, formId = form.GetProperty("formId").GetString(), values = filled });
        return answer.TryGetProperty("errors", out var errors) ? errors.ToString() : string.Join('\n', answer.GetProperty("replies").EnumerateArray().Select(reply => reply.GetProperty("text").GetString()));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await World.DisposeAsync();
        }
        finally
        {
            await HackerOne.DisposeAsync();
        }
    }

    private async Task<string> Readiness() =>
        JsonDocument.Parse(await World.Http.GetStringAsync("/readyz")).RootElement.GetProperty("source").GetProperty("hackerOneApi").GetProperty("state").GetString()!;
}

/// <summary>How the bot hears of a report.</summary>
[Flags]
public enum Ways
{
    Webhook = 1,
    Polling = 2,
    Both = 3,
}
