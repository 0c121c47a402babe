using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatOps.Core.BugReports;
using ChatOps.Core.Storage;
using ChatOps.Settings;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.HackerOne;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>The doors of bug-bounty platforms: who may enter, and what may stand in a body.</summary>
public sealed class ReportHookScenarios
{
    [Fact]
    public async Task Deliveries_of_the_documented_shape_are_read_whole()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook);
        // Both carry the same delivery id: what is told apart by its body is not lost.
        Assert.Equal(HttpStatusCode.OK, await reports.Deliver(Documented("created")));
        Assert.Equal(HttpStatusCode.OK, await reports.Deliver(Documented("triaged")));
        var report = Assert.Single(await reports.All());
        Assert.Equal((ReportState.Triaged, ReportSeverity.Critical, 9.3m, "Buffer Over-read", "render.github.com"), (report.Facts.State, report.Facts.Severity, report.Facts.Score, report.Facts.Weakness, report.Facts.Asset));
        Assert.Equal(Instant.FromUtc(2020, 3, 25, 14, 11, 37).Plus(Duration.FromMilliseconds(712)), report.Clock!.Due);
        await reports.World.Pass(Duration.Zero);
        await reports.World.HearsAll();
    }

    [Fact]
    public async Task Only_what_is_signed_with_one_of_the_secrets_gets_in()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--Sources:HackerOne:Secret=new-secret,h1-webhook-secret");
        var body = Samples.HackerOne("webhook_report_created.raw");
        var good = FakeDelivery.Of("report_created", body);
        var (status, text) = await reports.Answered(good with { Body = body + " " });
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("X-H1-Signature has to be sha256= and the hex of HMAC-SHA256 over the body, with the secret that Sources:HackerOne:Secret says.", text);
        Assert.Equal(HttpStatusCode.Unauthorized, await reports.Deliver(good with { Signature = "sha256=" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await reports.Deliver(FakeDelivery.Of("report_created", body, "")));
        using var bearer = new HttpRequestMessage(HttpMethod.Post, "/hooks/hackerone") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        bearer.Headers.Authorization = new("Bearer", FakeHackerOne.Secret);
        using var unsigned = await reports.World.Http.SendAsync(bearer);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Empty(await reports.All());

        Assert.Equal(HttpStatusCode.OK, await reports.Deliver(good));
        Assert.Equal(HttpStatusCode.OK, await reports.Deliver(FakeDelivery.Of("report_created", body, "new-secret")));
        Assert.Single(await reports.All());
    }

    [Fact]
    public async Task Of_many_signatures_the_first_four_count()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook);
        var good = FakeDelivery.Of("report_created", Samples.HackerOne("webhook_report_created.raw"));
        var wrong = $"sha256={new string('0', 64)}, ";
        Assert.Equal(HttpStatusCode.Unauthorized, await reports.Deliver(good with { Signature = string.Concat(Enumerable.Repeat(wrong, 4)) + good.Signature }));
        Assert.Equal(HttpStatusCode.Unauthorized, await reports.Deliver(good with { Signature = string.Concat(Enumerable.Repeat("sha256=,", 3_000)) + good.Signature }));
        Assert.Equal(HttpStatusCode.OK, await reports.Deliver(good with { Signature = string.Concat(Enumerable.Repeat(wrong, 3)) + good.Signature }));
    }

    [Fact]
    public async Task Strangers_who_send_slowly_shut_no_door()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var strangers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var stranger = new TcpClient();
                strangers.Add(stranger);
                await stranger.ConnectAsync("127.0.0.1", reports.World.Http.BaseAddress!.Port, soon.Token);
                await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /hooks/hackerone HTTP/1.1\r\nHost: a\r\nX-H1-Signature: sha256={new string('0', 64)}\r\nContent-Length: 8000000\r\n\r\n{{"), soon.Token);
            }

            using var content = new StringContent(AlertmanagerHook.Firing("DiskFull"), Encoding.UTF8, "application/json");
            using var answer = await reports.World.Http.PostAsync("/hooks/alertmanager", content, soon.Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await reports.Deliver(Documented("created")).WaitAsync(soon.Token));
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }

        await reports.World.HearsAll();
    }

    [Theory]
    [InlineData("not json", "The body is not JSON")]
    [InlineData("[]", "The body has no object")]
    [InlineData("""{"data":{"report":{"id":"7"}}}""", "Report 7 has no attributes.")]
    [InlineData("""{"data":{"report":{"id":"7","attributes":{"state":"triaged"}}}}""", "Report 7 has no title.")]
    public async Task What_cannot_be_read_is_refused_with_a_reason_and_is_an_alert(string body, string why)
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook);
        var (status, text) = await reports.Answered(FakeDelivery.Of("report_created", body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(why, text);
        Assert.StartsWith($"SourceUnreadable\nHackerOne sent something that could not be read; what could be read is stored\n{why}", await reports.World.Hears());
        await reports.World.HearsAll();
    }

    [Theory]
    [InlineData(Ways.Webhook)]
    [InlineData(Ways.Polling)]
    public async Task A_state_that_nobody_knows_stands_as_it_is_called_and_keeps_the_report_open_and_its_clock_running(Ways ways)
    {
        await using var reports = await ReportWorld.Begin(ways);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.Submit("7");
        await reports.Hear(hackerOne.Change("7", "triaged"), ways);
        await world.HearsAll();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Change("7", "being-mended"), ways);
        var told = string.Join('\n', (await world.Messages()).Select(message => message.Text));
        Assert.Contains("HackerOne says: being-mended.", told);
        Assert.Contains("Report 7 is in a state that I do not know: being-mended. It stays open here.", told);
        Assert.Contains("State: being-mended", (await world.Card("R-1")).Text);
        Assert.True((await reports.Stored()).ClockRuns);
        await world.HearsAll();
    }

    [Fact]
    public async Task Details_of_what_is_wrong_are_shown_and_kept_only_where_settings_allow_it()
    {
        foreach (var allowed in new[] { false, true })
        {
            await using var reports = await ReportWorld.Begin(Ways.Webhook, null, $"--BugReports:ShowDetails={allowed}", "--BugReports:Channel=security");
            reports.HackerOne.Submit("7");
            await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
            Assert.Equal(allowed, (await reports.World.Hears("security")).Contains("How to break", StringComparison.Ordinal));
            Assert.Equal(allowed, (await reports.Stored()).Facts.Details is not null);
            await reports.World.Hears("security");
        }
    }

    [Fact]
    public async Task Only_responders_see_reports()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--Roles:Admins=igor", "--Roles:Responders=igor");
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
        await reports.World.HearsAll();
        foreach (var words in new[] { "list", "show R-1", "unsent R-1" })
        {
            Assert.Equal("That is for responders only: igor.", await reports.World.Says("ana", $"/reports {words}"));
            Assert.DoesNotContain("only: igor", await reports.World.Says("igor", $"/reports {words}"));
        }

        Assert.Equal("That is for responders only: igor.", await reports.World.Says("ana", "/alert history r1"));
        Assert.Equal("That is for responders only: igor.", await reports.World.Presses("ana", "history", "R-1"));
        Assert.StartsWith("R-1: what happened", await reports.World.Says("igor", "/alert history R-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_writes_to_researchers_before_somebody_has_said_who_may()
    {
        await using var reports = await ReportWorld.Begin(Ways.Both);
        var world = reports.World;
        var usual = world.Adjust;
        // As it is as soon as another chat than the local page is on.
        world.Adjust = services =>
        {
            usual?.Invoke(services);
            services.AddSingleton(new ChatOps.Core.People.Roles(null, null, openAdmins: false));
        };
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Both);
        await world.HearsAll();
        await world.Restart();
        Assert.Equal("Nobody may write to people outside yet: name those who may in the setting Roles:Responders.", await world.Says("ana", "/reports more R-1"));
        Assert.Contains("Roles:Responders", await reports.Fills("ana", "/reports comment R-1", new() { ["text"] = "Hello", ["who"] = "public", ["sure"] = "public" }));
        Assert.StartsWith("It will stand in HackerOne", await reports.Fills("ana", "/reports comment R-1", new() { ["text"] = "Hello", ["who"] = "internal" }));
        await reports.IsWritten();
        Assert.Equal(["internal: ana: Hello"], reports.HackerOne["7"].Comments);
        await world.HearsAll();
    }

    [Fact]
    public async Task Another_platform_is_a_map_of_its_fields_in_the_settings()
    {
        await using var world = await World.Begin(
            "--Sources:HackenProof:Secret=hp-secret", "--Sources:HackenProof:SignatureHeader=X-HP-Signature", "--Sources:HackenProof:DeliveryHeader=X-HP-Id", "--Sources:HackenProof:Map:Id=report.slug",
            "--Sources:HackenProof:Map:Title=report.title", "--Sources:HackenProof:Map:State=report.status", "--Sources:HackenProof:Map:Severity=report.risk.0", "--Sources:HackenProof:Map:UpdatedAt=at", "--Sources:HackenProof:States:confirmed=triaged");
        async Task<HttpStatusCode> Post(string status, string at, string secret = "hp-secret")
        {
            var delivery = FakeDelivery.Of("", $$"""{"report":{"slug":"STAT-7","title":"Open redirect","status":"{{status}}","risk":["Medium"]},"at":"{{at}}"}""", secret);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/hackenproof") { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-HP-Signature", delivery.Signature["sha256=".Length..]);
            request.Headers.Add("X-HP-Id", delivery.Id);
            using var response = await world.Http.SendAsync(request);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await Post("new", "2026-11-23T09:00:00Z", "wrong"));
        var nameless = FakeDelivery.Of("", """{"report":{"slug":"STAT-8","status":"new"},"at":"2026-11-23T09:00:00Z"}""", "hp-secret");
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/hackenproof") { Content = new StringContent(nameless.Body, Encoding.UTF8, "application/json") })
        {
            request.Headers.Add("X-HP-Signature", nameless.Signature["sha256=".Length..]);
            using var response = await world.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("Report STAT-8 has no title.", await response.Content.ReadAsStringAsync());
        }

        Assert.StartsWith("SourceUnreadable\nHackenProof sent something that could not be read", await world.Hears());
        await world.HearsAll();
        Assert.Equal(HttpStatusCode.OK, await Post("confirmed", "2026-11-23T09:30:00Z"));
        Assert.Equal(HttpStatusCode.OK, await Post("new", "2026-11-23T09:00:00Z"));
        Assert.Equal(HttpStatusCode.OK, await Post("eaten", "2026-11-23T09:45:00Z"));
        Assert.StartsWith("Open redirect\nSeverity: medium\nState: eaten\nValidated: Mon 23 Nov 09:30 UTC\nDue: Tue 24 Nov 09:30 UTC", await world.Hears());
        Assert.StartsWith("Validated Mon 23 Nov 09:30 UTC. Nobody is on call, so nobody was told by name. Create", await world.Hears());
        Assert.Equal(["Take", "Create issue", "Done", "History"], (await world.Card("R-1")).Labels);
        Assert.Equal("I cannot write into HackenProof's inbox: no access is set up. Do it there: report STAT-7", await world.Says("ana", "/reports comment R-1 hello"));
        Assert.StartsWith("I cannot create issues: no tracker is set up", await world.Says("ana", "/reports issue R-1"));
        await world.Says("ana", "/reports issue R-1 https://github.com/status-im/status-mobile/issues/42");
        await World.Until(async () => (await world.Services.GetRequiredService<IStore>().Find<BugReport>("R-1"))!.Issue is not null, "it is not linked");
        await world.HearsAll();
        Assert.Equal("mitigated", (await world.Card("R-1")).State);
    }

    [Fact]
    public void What_is_wrong_with_the_settings_is_said_all_at_once()
    {
        var fault = Assert.Throws<SettingsException>(() => global::Program.Build(
            ["--HackerOne:ApiToken=x", "--BugReports:Clock:Hours=lunar", "--BugReports:Business:Days=Mon,Caturday", "--BugReports:Swarms:0:Name=a", "--Sources:Other:Map:Title=t", "--Digests:BugReports:WhenEmpty=shout"]));
        Assert.Equal(
            [
                "BugReports:Business:Days: \"Caturday\" is not a day: write Mon, Tue, Wed, Thu, Fri, Sat, Sun.",
                "BugReports:Clock:Hours: \"lunar\" is neither wall nor business.",
                "BugReports:Swarms:0:Repository: it is missing: write it as status-im/status-mobile.",
                "Digests:BugReports:WhenEmpty: \"shout\" is neither silence nor line.",
                "HackerOne:ApiIdentifier: it is missing; asking HackerOne needs ApiIdentifier, ApiToken, Program.",
                "HackerOne:Program: it is missing; asking HackerOne needs ApiIdentifier, ApiToken, Program.",
                "Sources:Other:Map:Id: it is missing: write the path to it in the body, as in data.report.id.",
                "Sources:Other:Map:UpdatedAt: it is missing: write the path to it in the body, as in data.report.id.",
            ],
            fault.Faults.Order(StringComparer.Ordinal));
    }

    private static FakeDelivery Documented(string what) => FakeDelivery.Of($"report_{what}", Samples.HackerOne($"webhook_report_{what}.raw")) with { Id = "5f1c1c0e-1111-4222-8333-000000000014" };
}
