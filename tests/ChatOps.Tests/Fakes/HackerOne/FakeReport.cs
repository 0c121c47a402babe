using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Tests.Fakes.HackerOne;

/// <summary>A report at the fake HackerOne: the recorded object with other values in it, so that it has the shape of the real one.</summary>
internal sealed class FakeReport
{
    private static readonly InstantPattern Times = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");

    private readonly JsonNode _report;

    public FakeReport(string id, string title, string severity, string asset, Instant now)
    {
        _report = JsonNode.Parse(Samples.HackerOne("webhook_report_created.raw"))!["data"]!["report"]!.DeepClone();
        _report["id"] = id;
        Attributes["title"] = title;
        Attributes["state"] = "new";
        Attributes["created_at"] = Times.Format(now);
        Attributes["first_program_activity_at"] = null;
        Attributes["vulnerability_information"] = $"How to break {asset}";
        Of("severity")["rating"] = severity;
        Of("structured_scope")["asset_identifier"] = asset;
        _report["relationships"]!.AsObject().Remove("assignee");
        _report["relationships"]!["activities"] = new JsonObject { ["data"] = new JsonArray() };
        Id = id;
        Add("activity-bug-filed", "made-up-user", "", false, now);
    }

    public string Id { get; }

    public string State => (string)Attributes["state"]!;

    public string? Reference => (string?)Attributes["issue_tracker_reference_id"];

    public Instant LastActivityAt => Times.Parse((string)Attributes["last_activity_at"]!).Value;

    public IReadOnlyList<JsonNode> Activities => [.. _report["relationships"]!["activities"]!["data"]!.AsArray().Select(each => each!)];

    /// <summary>The words of its comments, with a mark on those that the researcher sees.</summary>
    public IReadOnlyList<string> Comments => [.. Activities.Where(each => (string)each["type"]! == "activity-comment").Select(each => $"{((bool)each["attributes"]!["internal"]! ? "internal" : "public")}: {each["attributes"]!["message"]}")];

    private JsonObject Attributes => _report["attributes"]!.AsObject();

    public JsonNode Json() => _report.DeepClone();

    /// <summary>As webhooks bring it: without what happened to it before.</summary>
    public JsonNode JsonOfWebhook()
    {
        var copy = Json();
        copy["relationships"]!.AsObject().Remove("activities");
        return copy;
    }

    public JsonNode Change(string state, string by, string message, Instant now)
    {
        Attributes["state"] = state;
        Attributes["triaged_at"] = state == "triaged" ? Times.Format(now) : Attributes["triaged_at"]?.DeepClone();
        Attributes["closed_at"] = state is "resolved" or "informative" or "duplicate" or "spam" or "not-applicable" ? Times.Format(now) : null;
        Attributes["first_program_activity_at"] = Attributes["first_program_activity_at"]?.DeepClone() ?? Times.Format(now);
        return Add($"activity-bug-{state}", by, message, false, now);
    }

    public JsonNode Reopen(Instant now)
    {
        (Attributes["state"], Attributes["closed_at"]) = ("triaged", null);
        return Add("activity-bug-reopened", "status-im", "", false, now);
    }

    public JsonNode Comment(string by, string message, bool isInternal, Instant now) => Add("activity-comment", by, message, isInternal, now);

    public JsonNode Reward(string amount, Instant now)
    {
        Attributes["bounty_awarded_at"] = Times.Format(now);
        _report["relationships"]!["bounties"] = JsonNode.Parse(Samples.HackerOne("report"))!["interactions"]![0]!["response_body"]!["data"]!["relationships"]!["bounties"]!.DeepClone();
        var bounty = _report["relationships"]!["bounties"]!["data"]![0]!["attributes"]!;
        (bounty["awarded_amount"], bounty["amount"]) = (amount, amount);
        return Add("activity-bounty-awarded", "status-im", "", false, now);
    }

    public JsonNode Refer(string reference, Instant now)
    {
        Attributes["issue_tracker_reference_id"] = reference;
        return Add("activity-reference-id-added", "api-token", "", true, now);
    }

    /// <summary>Rated anew: no activity and no webhook tells of it.</summary>
    public void Rate(string severity, bool score, Instant now)
    {
        Of("severity")["rating"] = severity;
        Of("severity")["score"] = score ? Of("severity")["score"]?.DeepClone() : null;
        Attributes["last_activity_at"] = Times.Format(now);
    }

    private JsonObject Of(string related) => _report["relationships"]![related]!["data"]!["attributes"]!.AsObject();

    private JsonNode Add(string type, string by, string message, bool isInternal, Instant now)
    {
        var activity = JsonNode.Parse(Samples.HackerOne("webhook_report_created.raw"))!["data"]!["activity"]!.DeepClone();
        activity["id"] = $"{Id}{Activities.Count + 1:D3}";
        activity["type"] = type;
        var attributes = activity["attributes"]!;
        (attributes["report_id"], attributes["message"], attributes["internal"]) = (Id, message, isInternal);
        (attributes["created_at"], attributes["updated_at"]) = (Times.Format(now), Times.Format(now));
        activity["relationships"]!["actor"]!["data"]!["attributes"]!["username"] = by;
        _report["relationships"]!["activities"]!["data"]!.AsArray().Add(activity);
        Attributes["last_activity_at"] = Times.Format(now);
        return activity.DeepClone();
    }
}
