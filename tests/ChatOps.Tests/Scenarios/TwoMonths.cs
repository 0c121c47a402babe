using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Core.Time;
using ChatOps.Tests.House;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// A month over the change to summer time and one over the change back, with a rotation of four in Berlin. Everything that stands in the channel at the end
/// is compared with a text that a person has read: TwoMonths.approved.txt.
/// </summary>
public sealed class TwoMonths
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public async Task Two_months_read_as_people_would_want_them_to()
    {
        await using var world = await World.BeginAt(
            Berlin.AtStrictly(new LocalDateTime(2026, 3, 16, 10, 0)).ToInstant(), "--Rotations:0:Name=core", "--Rotations:0:TimeZone=Europe/Berlin", "--Rotations:0:Handoff=Monday 09:00",
            // Not in the moment of the handoff: what comes in one moment has no order.
            "--Digests:OnCallWeek:TimeZone=Europe/Berlin",
            // Between spring and autumn the clock jumps by more than alerts are kept whole, and all of it is read at the end.
            "--Storage:Retention:Alerts=never");
        await Spring(world);
        await world.Stop();
        world.Clock.SetUtcNow(Berlin.AtStrictly(new LocalDateTime(2026, 10, 12, 8, 0)).ToDateTimeOffset());
        await world.StartAgain();
        await Autumn(world);

        var told = await Transcript(world);
        var approved = Path.Combine(Checkout.Root, "tests/ChatOps.Tests/Scenarios/TwoMonths.approved.txt");
        if (!File.Exists(approved) || await File.ReadAllTextAsync(approved) != told)
        {
            await File.WriteAllTextAsync(Path.ChangeExtension(approved, null).Replace(".approved", ".received", StringComparison.Ordinal) + ".txt", told);
        }

        Assert.Equal(await File.ReadAllTextAsync(approved), told);
        await world.HearsAll();
    }

    private static async Task Spring(World world)
    {
        foreach (var (person, minutes) in new[] { ("igor", 0), ("corey", 20), ("jakub", 45), ("ana", 90) })
        {
            await At(world, 3, 16, 10, minutes);
            await world.Says(person, "/oncall join");
        }

        // A mail server at night: it is woken twice before somebody answers.
        await At(world, 3, 19, 2, 40);
        await Fires(world, "InstanceDown", "mail-01.do-ams3.eth.prod", "critical");
        await At(world, 3, 19, 2, 47);
        await world.Presses("igor", "ack", "A-1");
        await At(world, 3, 19, 3, 10);
        await Ends(world, "InstanceDown", "mail-01.do-ams3.eth.prod");

        await At(world, 3, 23, 9, 5);
        await world.Says("corey", "/oncall ready");
        await At(world, 3, 24, 22, 15);
        await Fires(world, "PeersLow", "boot-02.gc-us-central1-a.eth.prod", "warning");
        await At(world, 3, 24, 22, 31);
        await world.Says("corey", "/alert ack");
        await world.Says("corey", "/alert note the provider's network, they know");
        await At(world, 3, 25, 1, 0);
        await Ends(world, "PeersLow", "boot-02.gc-us-central1-a.eth.prod");

        // The first incident, in the night in which the clocks go forward.
        await At(world, 3, 29, 1, 50);
        await Fires(world, "StoreLatencyHigh", "mail-02.do-ams3.eth.prod", "critical");
        await At(world, 3, 29, 3, 5);
        await world.Presses("corey", "ack", "A-3");
        await Declare(world, "corey", "A-3", "Old messages arrive late", "critical");
        await At(world, 3, 29, 3, 40);
        await world.Says("jakub", "/incident note vacuum stopped on all three");
        await Ends(world, "StoreLatencyHigh", "mail-02.do-ams3.eth.prod");
        await world.Says("corey", "/incident mitigate");
        await At(world, 3, 29, 12, 0);
        await world.Says("corey", "/incident resolve");
        await At(world, 3, 31, 11, 0);
        await world.Says("corey", "/postmortem start I-1");
        await At(world, 4, 7, 16, 0);
        await world.WritesUp("P-1", "It was the release.");
        await world.Says("corey", "/postmortem publish P-1");

        // One leaves, in the middle of somebody else's week.
        await At(world, 4, 8, 18, 0);
        await world.Says("jakub", "/oncall leave");
        await At(world, 4, 14, 10, 0);
    }

    private static async Task Autumn(World world)
    {
        await At(world, 10, 12, 9, 30);
        await Fires(world, "DiskFillsUp", "mail-03.do-ams3.eth.prod", "warning");
        await At(world, 10, 12, 11, 0);
        await world.Says("ana", "/alert ack");
        await world.Says("ana", "/alert resolve");

        // The second incident, in the hour that comes twice.
        await world.Pass(Berlin.MapLocal(new LocalDateTime(2026, 10, 25, 2, 30)).First().ToInstant() - world.Clock.Now());
        await Fires(world, "InstanceDown", "boot-01.do-ams3.eth.prod", "critical");
        await world.Pass(Duration.FromMinutes(4));
        await world.Says("igor", "/alert ack");
        await Declare(world, "igor", "A-5", "Clients cannot find peers", "major");
        await world.Pass(Duration.FromHours(1));
        await Ends(world, "InstanceDown", "boot-01.do-ams3.eth.prod");
        await world.Says("igor", "/incident resolve I-2");
        await At(world, 11, 9, 12, 0);
    }

    private static async Task At(World world, int month, int day, int hour, int minute) =>
        await world.Pass(Berlin.AtLeniently(new LocalDateTime(2026, month, day, hour, 0).PlusMinutes(minute)).ToInstant() - world.Clock.Now());

    private static Task Fires(World world, string name, string instance, string severity) => Tell(world, name, instance, severity, "firing");

    private static Task Ends(World world, string name, string instance) => Tell(world, name, instance, "", "resolved");

    private static async Task Tell(World world, string name, string instance, string severity, string status)
    {
        var body = JsonNode.Parse(Samples.Alertmanager("webhook_firing_single"))!;
        body["groupKey"] = $"{{}}:{{alertname=\"{name}\"}}";
        var alert = body["alerts"]![0]!;
        alert["status"] = status;
        alert["fingerprint"] = $"{name}-{instance.Replace('.', '-')}";
        alert["startsAt"] = world.Clock.Now().ToString();
        alert["labels"] = new JsonObject { ["alertname"] = name, ["instance"] = instance, ["fleet"] = "eth.prod", ["severity"] = severity };
        alert["annotations"] = new JsonObject { ["summary"] = $"{instance}: {name}" };
        await world.Sample(body);
        await world.Settle();
    }

    private static async Task Declare(World world, string user, string alert, string title, string severity)
    {
        var opened = await world.Post("/local/command", new { user, channel = "on-call", text = $"/incident declare {alert}" });
        await world.Post("/local/form", new { user, formId = opened.GetProperty("form").GetProperty("formId").GetString(), values = new { title, severity, known = "" } });
    }

    /// <summary>The channel as it stands at the end, threads under their messages.</summary>
    private static async Task<string> Transcript(World world)
    {
        await world.Settle();
        var messages = await world.Messages();
        var text = new StringBuilder();
        foreach (var root in messages.Where(message => message.ThreadId is null))
        {
            text.Append($"[{root.State}] ").AppendLine(root.Text.Replace("\n", "\n    ", StringComparison.Ordinal));
            foreach (var label in root.Labels.Chunk(10))
            {
                text.AppendLine($"    < {string.Join(" | ", label)} >");
            }

            foreach (var reply in messages.Where(message => message.ThreadId == root.Id))
            {
                text.AppendLine($"  > {reply.Text.Replace("\n", "\n    ", StringComparison.Ordinal)}");
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}
