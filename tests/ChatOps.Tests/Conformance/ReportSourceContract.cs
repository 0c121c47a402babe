using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Core.BugReports;
using ChatOps.Sources.HackerOne;
using ChatOps.Sources.Mapped;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace ChatOps.Tests.Conformance;

/// <summary>What every source of bug reports must do with what the world sends it; one subclass a source.</summary>
public abstract class ReportSourceContract
{
    /// <summary>Bodies that hold one report each.</summary>
    public abstract IReadOnlyList<string> Bodies { get; }

    internal abstract IReportSource Source { get; }

    [Fact]
    public void It_reads_every_body_whole_and_always_the_same()
    {
        foreach (var body in Bodies)
        {
            var reading = Read(body);
            Assert.Empty(reading.Faults);
            var news = Assert.Single(reading.News);
            Assert.Equal(Source.Name, news.Source);
            Assert.InRange(news.ExternalId.Length, 1, 40);
            Assert.Equal(news.Facts, Assert.Single(Read(body).News).Facts);
        }
    }

    [Fact]
    public void A_body_cut_anywhere_is_refused_in_words()
    {
        var body = Bodies[0].TrimEnd();
        for (var length = 0; length < body.Length; length += 7)
        {
            var reading = Read(body[..length]);
            Assert.Empty(reading.News);
            Assert.NotEmpty(reading.Faults);
        }
    }

    /// <summary>Any value of a body replaced by any other never makes reading or deciding throw.</summary>
    [Property(MaxTest = 400)]
    public Property Whatever_stands_in_a_body_nothing_throws()
    {
        string[] odd = ["null", "0", "-1e300", "\"\"", "[]", "{}", "true", "\"\\ud800\"", "\"0001-01-01T00:00:00Z\"", "\"9998-12-31T23:59:59Z\"", "[[[[]]]]", "{\"a\":{\"b\":null}}", $"\"{new string('x', 5000)}\"", "{\"\\ud800\":1}"];
        return Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Three().ToArbitrary(),
            choice =>
            {
                var root = JsonNode.Parse(Bodies[choice.Item1 % Bodies.Count])!;
                var places = Places(root).ToList();
                var (parent, key) = places[choice.Item2 % places.Count];
                var reading = Read(Put(root, parent, key, odd[choice.Item3 % odd.Length]));
                foreach (var news in reading.News)
                {
                    Decide(news);
                }

                return reading.News.Count + reading.Faults.Count >= 0;
            });
    }

    private static void Decide(ReportNews news)
    {
        var now = Instant.FromUtc(2026, 11, 23, 10, 0);
        var clocks = new ClockRules(Duration.FromHours(24), new Dictionary<ReportSeverity, Duration>(), null);
        var fresh = new BugReport("R-1", news.Source, news.ExternalId, now) { SourceTitle = news.SourceTitle, Facts = news.Facts, Channel = "on-call" };
        var opened = ReportMerging.Open(fresh, news, ["igor"], clocks, now, now);
        opened.Next.Apply(news with { Facts = news.Facts with { State = ReportState.Resolved } }, [], clocks, now);
        ReportCard.Draw(opened.Next, null, Settings(clocks), true);
        BugReport.Collection.Read(BugReport.Collection.Write(opened.Next), 1);
        Assert.All(BugReport.Collection.Indexes, index => Assert.True((index.KeyOf(opened.Next)?.Length ?? 0) <= 500));
    }

    private static BugReportSettings Settings(ClockRules clocks) => new(
        "on-call", "core", ShowDetails: true, clocks, new ReportTargets(3, 5, 30, 30, new WorkingTime(DateTimeZone.Utc, WorkingTime.Weekdays, new LocalTime(9, 0), new LocalTime(17, 0))), [], []);

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode node) => node switch
    {
        JsonObject parent => parent.SelectMany(child => (child.Value is null ? [] : Places(child.Value)).Prepend((parent, child.Key))),
        JsonArray list => list.SelectMany((child, i) => (child is null ? [] : Places(child)).Prepend((list, i.ToString()))),
        _ => [],
    };

    // Some of the values are no valid JSON node (half a surrogate), so a mark goes in and the text is replaced.
    private static string Put(JsonNode root, JsonNode parent, string key, string value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(key)] = "@@mark@@";
        }
        else
        {
            parent[key] = "@@mark@@";
        }

        return root.ToJsonString().Replace("\"@@mark@@\"", value, StringComparison.Ordinal);
    }

    private ReportReading Read(string body) => Source.Read(Encoding.UTF8.GetBytes(body));
}

public sealed class HackerOneSourceTests : ReportSourceContract
{
    public override IReadOnlyList<string> Bodies { get; } =
    [
        Samples.HackerOne("webhook_report_created.raw"),
        Samples.HackerOne("webhook_report_triaged.raw"),
        Wrapped(Samples.HackerOne("webhook_report_triaged.raw")),
        .. Listed("report"),
        .. Listed("report_list_triaged"),
    ];

    internal override IReportSource Source { get; } = new HackerOneSource(new HackerOneSettings(new Uri("http://127.0.0.1/"), null, null, null, Duration.FromMinutes(1)));

    /// <summary>The other shape of the envelope: each part in a <c>data</c> of its own.</summary>
    private static string Wrapped(string body)
    {
        var data = JsonNode.Parse(body)!["data"]!;
        return new JsonObject
        {
            ["data"] = new JsonObject { ["activity"] = new JsonObject { ["data"] = data["activity"]!.DeepClone() }, ["report"] = new JsonObject { ["data"] = data["report"]!.DeepClone() } },
        }.ToJsonString();
    }

    /// <summary>Reports as the API was recorded giving them, in a webhook's envelope.</summary>
    private static IEnumerable<string> Listed(string recording)
    {
        var data = JsonNode.Parse(Samples.HackerOne(recording))!["interactions"]![0]!["response_body"]!["data"]!;
        return (data is JsonArray list ? list.Select(each => each!) : [data]).Select(report => new JsonObject { ["data"] = new JsonObject { ["report"] = report.DeepClone() } }.ToJsonString());
    }
}

public sealed class MappedSourceTests : ReportSourceContract
{
    public override IReadOnlyList<string> Bodies { get; } =
        ["""{"report":{"slug":"STAT-7","title":"Open redirect","status":"triaged","risk":["Medium"],"score":"6.5","reward":{"amount":250,"unit":"USDC"}},"at":"2026-11-23T09:00:00Z"}"""];

    internal override IReportSource Source { get; } = new MappedSource(new MappedSettings("Other", new("X-Signature", ""), null, new Dictionary<string, string>
    {
        ["Id"] = "report.slug",
        ["Title"] = "report.title",
        ["State"] = "report.status",
        ["Severity"] = "report.risk.0",
        ["Score"] = "report.score",
        ["Bounty"] = "report.reward.amount",
        ["Currency"] = "report.reward.unit",
        ["UpdatedAt"] = "at",
    }, new Dictionary<string, string>()));
}
