using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Core.Alerts;
using ChatOps.Sources.Alertmanager;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ChatOps.Tests.Conformance;

/// <summary>What every alert source must do with what the world sends it; one subclass a source.</summary>
public abstract class AlertSourceContract
{
    /// <summary>Captured bodies with how many signals each holds.</summary>
    public abstract IReadOnlyDictionary<string, int> Captured { get; }

    internal abstract IAlertSource Source { get; }

    [Fact]
    public void It_reads_every_captured_body_whole()
    {
        foreach (var (body, count) in Captured)
        {
            var reading = Read(body);
            Assert.Empty(reading.Faults);
            Assert.Equal(count, reading.Groups.Sum(group => group.Signals.Count));
            Assert.All(reading.Groups, group => Assert.Equal(Source.Name, group.Source));
            Assert.All(reading.Groups.SelectMany(group => group.Signals), signal => Assert.InRange(signal.Fingerprint.Length, 1, 64));
        }
    }

    [Fact]
    public void The_same_body_always_says_the_same()
    {
        foreach (var body in Captured.Keys)
        {
            Assert.Equal(Fingerprints(Read(body)), Fingerprints(Read(body)));
        }
    }

    [Fact]
    public void A_body_cut_anywhere_is_refused_in_words()
    {
        var body = Captured.Keys.First();
        for (var length = 0; length < body.Length; length += 7)
        {
            var reading = Read(body[..length]);
            Assert.Empty(reading.Groups);
            Assert.NotEmpty(reading.Faults);
        }
    }

    /// <summary>Any value of a captured body replaced by any other never makes it throw.</summary>
    [Property(MaxTest = 300)]
    public Property Whatever_stands_in_a_body_it_never_throws()
    {
        string[] odd = ["null", "0", "-1e300", "\"\"", "[]", "{}", "true", "\"\\ud800\"", "\"0001-01-01T00:00:00Z\"", "[[[[]]]]", "{\"a\":{\"b\":null}}", $"\"{new string('x', 5000)}\""];
        var bodies = Captured.Keys.ToArray();
        return Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Three().ToArbitrary(),
            choice =>
            {
                var body = bodies[choice.Item1 % bodies.Length];
                var root = JsonNode.Parse(body)!;
                var places = Places(root).ToList();
                var (parent, key) = places[choice.Item2 % places.Count];
                var value = odd[choice.Item3 % odd.Length];
                var text = Put(root, parent, key, value);
                var reading = Read(text);
                return reading.Groups.Sum(group => group.Signals.Count) + reading.Faults.Count >= 0;
            });
    }

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

    private static IEnumerable<string> Fingerprints(SourceReading reading) => reading.Groups.SelectMany(group => group.Signals).Select(signal => signal.Fingerprint);

    private SourceReading Read(string body) => Source.Read(Encoding.UTF8.GetBytes(body));
}

public sealed class AlertmanagerSourceTests : AlertSourceContract
{
    public override IReadOnlyDictionary<string, int> Captured { get; } = new Dictionary<string, int>
    {
        [Samples.Alertmanager("webhook_firing_single")] = 1,
        [Samples.Alertmanager("webhook_firing_group3")] = 3,
        [Samples.Alertmanager("webhook_mixed_one_resolved")] = 3,
        [Samples.Alertmanager("webhook_repeat_after_resolve")] = 2,
        [Samples.Alertmanager("webhook_resolved")] = 1,
        [Samples.Alertmanager("webhook_from_real_prometheus_firing")] = 1,
        [Samples.Alertmanager("webhook_from_real_prometheus_resolved")] = 1,
    };

    internal override IAlertSource Source { get; } = new AlertmanagerSource();
}
