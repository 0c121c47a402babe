using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>What a person expects of groups, repeats and odd deliveries.</summary>
public sealed class MonitoringScenarios
{
    [Fact]
    public async Task A_group_is_one_card_that_follows_as_its_alerts_come_and_go()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_group3");
        Assert.Contains("• a: disk a\n• b: disk b\n• c: disk c", await world.Hears());
        Assert.StartsWith("Opened with 3 alerts.", await world.Hears());
        Assert.Contains("Alerts: 3 firing", (await world.Card("A-1")).Text);

        await world.Sample("webhook_mixed_one_resolved");
        Assert.StartsWith("Back to normal: b. 2 are firing now.", await world.Hears());
        var card = await world.Card("A-1");
        Assert.Contains("Alerts: 2 firing, 1 back to normal", card.Text);
        Assert.Contains("• a: disk a\n• c: disk c", card.Text);

        await world.Sample("webhook_repeat_after_resolve");
        await world.HearsNothing();

        await world.Sample(Resolved("webhook_firing_group3"));
        Assert.StartsWith("All 3 are back to normal: resolved.", await world.Hears());
        Assert.Equal("resolved", (await world.Card("A-1")).State);
    }

    [Fact]
    public async Task A_repeat_that_changes_nothing_writes_nothing()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_group3");
        await Hear(world, 2);
        var before = await world.Card("A-1");
        var alert = await world.Stored("A-1");

        await world.Pass(Duration.FromMinutes(1));
        await world.Sample("webhook_firing_group3");
        await world.HearsNothing();
        Assert.Equal(alert.Version, (await world.Stored("A-1")).Version);
        Assert.Equal(before.Text, (await world.Card("A-1")).Text);
    }

    [Fact]
    public async Task What_fires_again_after_its_end_is_a_new_alert()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_single");
        await world.Sample("webhook_resolved");
        await world.Sample("webhook_firing_single");
        await Hear(world, 5);
        Assert.Equal("resolved", (await world.Card("A-1")).State);
        Assert.Equal("firing", (await world.Card("A-2")).State);
    }

    [Fact]
    public async Task Resolved_by_hand_stays_resolved_while_monitoring_catches_up_and_comes_back_when_it_does_not()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_firing_single");
        await world.Says("ana", "/alert resolve");
        await Hear(world, 3);

        await world.Pass(Duration.FromMinutes(5));
        await world.Sample("webhook_firing_single");
        await world.Sample("webhook_firing_single");
        Assert.StartsWith("Alertmanager still says that it fires. If it does so after Mon 23 Nov 10:15 UTC, it opens a new alert.", await world.Hears());
        await world.HearsNothing();

        await world.Pass(Duration.FromMinutes(10));
        await world.Sample("webhook_firing_single");
        Assert.StartsWith("InstanceDown", await world.Hears());
        Assert.StartsWith("Opened.", await world.Hears());
        Assert.Equal("firing", (await world.Card("A-2")).State);
    }

    [Fact]
    public async Task A_resolved_notification_of_something_never_heard_of_says_nothing()
    {
        await using var world = await World.Begin();
        await world.Sample("webhook_resolved");
        await world.HearsNothing();
    }

    [Fact]
    public async Task Ten_thousand_episodes_are_one_card()
    {
        await using var world = await World.Begin();
        for (var batch = 0; batch < 20; batch++)
        {
            var body = JsonNode.Parse(Samples.Alertmanager("webhook_firing_single"))!;
            var one = body["alerts"]![0]!;
            body["alerts"] = new JsonArray([.. Enumerable.Range(batch * 500, 500).Select(i =>
            {
                var alert = one.DeepClone();
                alert["fingerprint"] = $"f{i:x}";
                alert["labels"]!["instance"] = $"mail-{i:D5}";
                return alert;
            })]);
            using var response = await world.Hook(body.ToJsonString());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var card = await world.Hears();
        Assert.Contains("Alerts: 10000 firing", card);
        Assert.Contains("• and 9990 more", card);
        Assert.StartsWith("Opened with 500 alerts.", await world.Hears());
        Assert.StartsWith("500 more firing: mail-00500", await world.Hears());
        Assert.StartsWith("ana resolved", await Resolve(world));

        static async Task<string> Resolve(World world)
        {
            await world.Says("ana", "/alert resolve A-1");
            return await world.Hears();
        }
    }

    [Fact]
    public async Task One_alert_that_cannot_be_read_never_hides_its_group()
    {
        await using var world = await World.Begin();
        var body = JsonNode.Parse(Samples.Alertmanager("webhook_firing_group3"))!;
        body["alerts"]![1]!["labels"] = "nonsense";
        using var response = await world.Hook(body.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("• a: disk a\n• c: disk c", await world.Hears());
        Assert.StartsWith("Opened with 2 alerts.", await world.Hears());
        var about = await world.Hears();
        Assert.StartsWith("SourceUnreadable\nAlertmanager sent something that could not be read; what could be read is stored", about);
        Assert.Contains("Alert 2 of 3 in the group {}:{alertname=\"HighDisk\", fleet=\"eth.prod\"}: its \"labels\" is not an object.", about);
        Assert.StartsWith("Opened.", await world.Hears());
    }

    [Theory]
    [InlineData("""{"alerts":[{"status":"firing","labels":{"instance":"host-1"}}]}""", "host-1\n")]
    [InlineData("""{"alerts":[{"fingerprint":"f1"}]}""", "f1\n")]
    [InlineData("""{"groupLabels":[],"alerts":[{"labels":{"alertname":"A","":"empty"}}]}""", "A\n")]
    [InlineData("""{"alerts":[{"labels":{"alertname":"A"},"startsAt":"9999-12-31T23:59:59-18:00"}]}""", "A\n")]
    [InlineData("""{"alerts":[{"labels":{"alertname":"A","a12345678901234567890123456789012345678901234567890123456789x":"1","a12345678901234567890123456789012345678901234567890123456789y":"2"}}]}""", "A\n")]
    [InlineData("""{"alerts":[{"labels":{"alertname":"   "}}]}""", "")]
    public async Task Odd_alerts_are_cards_all_the_same(string body, string begins)
    {
        await using var world = await World.Begin();
        using var response = await world.Hook(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(begins, await world.Hears());
        Assert.StartsWith("Opened.", await world.Hears());
    }

    [Fact]
    public async Task A_web_page_cannot_post_alerts()
    {
        await using var world = await World.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/alertmanager") { Content = new StringContent(Samples.Alertmanager("webhook_firing_single"), Encoding.UTF8, "text/plain") };
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await world.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Twenty_deliveries_of_one_group_at_once_are_one_alert()
    {
        await using var world = await World.Begin();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Sample("webhook_firing_group3")));
        Assert.Contains("Alerts: 3 firing", await world.Hears());
        Assert.StartsWith("Opened with 3 alerts.", await world.Hears());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("null", "no list \"alerts\"")]
    [InlineData("[]", "no list \"alerts\"")]
    [InlineData("{\"alerts\":{}}", "no list \"alerts\"")]
    [InlineData("{\"alerts\":[1,2]}", "Alert 1 of 2")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"\\ud800\"}}]}", "Alert 1 of 1")]
    public async Task A_body_in_which_nothing_can_be_read_is_refused_with_the_reason(string body, string reason)
    {
        await using var world = await World.Begin();
        using var response = await world.Hook(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_over_eight_megabytes_is_refused_before_it_is_read()
    {
        await using var world = await World.Begin();
        using var response = await world.Hook(new string(' ', (8 * 1024 * 1024) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_secret_opens_the_door_as_bearer_token_or_Basic_password_and_nothing_else_does()
    {
        await using var world = await World.Begin("--Sources:Alertmanager:Secret=old secret, new secret");
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(world, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(world, new("Bearer", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(world, new("Basic", Convert.ToBase64String("am:wrong"u8))));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(world, new("Basic", "%%%")));
        Assert.Equal(HttpStatusCode.OK, await Post(world, new("Bearer", "old secret")));
        Assert.Equal(HttpStatusCode.OK, await Post(world, new("Basic", Convert.ToBase64String("am:new secret"u8))));
    }

    [Fact]
    public async Task Without_a_secret_a_forwarded_request_is_refused()
    {
        await using var world = await World.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/alertmanager") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var response = await world.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_source_that_is_unknown_or_switched_off_is_not_there()
    {
        await using var world = await World.Begin("--Sources:Alertmanager:Enabled=false");
        Assert.Equal(HttpStatusCode.NotFound, await Post(world, null));
        using var unknown = await world.Hook("{}", "nagios");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_route_decides_channel_policy_severity_and_runbook()
    {
        await using var world = await World.Begin(
            "--Routes:0:Match:fleet=eth.prod",
            "--Routes:0:Channel=mailservers",
            "--Routes:0:Policy=loud",
            "--Routes:0:Severity=error",
            "--Policies:loud:Steps:0:Tell=person:jakub",
            "--Policies:loud:Steps:1:After=2m",
            "--Policies:loud:Steps:1:Tell=channel:on-call");
        await world.Sample("webhook_firing_single");
        Assert.Contains("Severity: error", await world.Hears("mailservers"));
        Assert.StartsWith("Opened. Told @jakub (step 1 of 2).", await world.Hears("mailservers"));
        await world.Pass(Duration.FromMinutes(2));
        Assert.StartsWith("Told channel #on-call (step 2 of 2).", await world.Hears("mailservers"));
        Assert.StartsWith("InstanceDown", await world.Hears());
        await world.Says("ana", "/alert ack");
        Assert.StartsWith("ana acknowledged it.", await world.Hears("mailservers"));
        Assert.Contains("Status: acknowledged by @ana", (await world.Card("A-1")).Text);
    }

    [Fact]
    public async Task What_monitoring_says_cannot_pose_as_markup_or_call_anybody()
    {
        await using var world = await World.Begin();
        var body = JsonNode.Parse(Samples.Alertmanager("webhook_firing_single"))!;
        body["alerts"]![0]!["annotations"]!["summary"] = "**bold** [click](https://evil.example) @{igor} `code` <!channel> \u202ereversed";
        body["alerts"]![0]!["annotations"]!["runbook_url"] = "javascript:alert(1)";
        using var response = await world.Hook(body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await world.Hears();
        Assert.Contains("**bold** [click](https://evil.example) @{igor} `code` <!channel>  reversed", text);
        Assert.DoesNotContain("Runbook", text);
        await Hear(world, 1);
    }

    private static async Task<HttpStatusCode> Post(World world, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/alertmanager")
        {
            Content = new StringContent(Samples.Alertmanager("webhook_resolved"), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = authorization;
        using var response = await world.Http.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task Hear(World world, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await world.Hears();
        }
    }

    internal static JsonNode Resolved(string sample)
    {
        var body = JsonNode.Parse(Samples.Alertmanager(sample))!;
        body["status"] = "resolved";
        foreach (var alert in body["alerts"]!.AsArray())
        {
            alert!["status"] = "resolved";
        }

        return body;
    }
}
