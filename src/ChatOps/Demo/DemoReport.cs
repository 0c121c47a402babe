namespace ChatOps.Demo;

/// <summary>What HackerOne would post for a report of the demo.</summary>
internal static class DemoReport
{
    public static object Of(Reported told, DateTimeOffset now)
    {
        var comes = told.State == "new";
        return new
        {
            data = new
            {
                activity = new { id = $"{told.Number}-{told.State}", type = comes ? "activity-bug-filed" : $"activity-bug-{told.State}", attributes = new { report_id = told.Number, message = "", @internal = false, created_at = now, updated_at = now } },
                report = new
                {
                    id = told.Number,
                    type = "report",
                    attributes = new { title = told.Title, state = told.State, created_at = now - TimeSpan.FromHours(comes ? 0 : 20), triaged_at = comes ? (DateTimeOffset?)null : now, last_activity_at = now, vulnerability_information = "Told to those who have access to the inbox." },
                    relationships = new
                    {
                        reporter = new { data = new { type = "user", attributes = new { username = told.Reporter } } },
                        weakness = new { data = new { type = "weakness", attributes = new { name = told.Weakness } } },
                        structured_scope = new { data = new { type = "structured-scope", attributes = new { asset_type = "SOURCE_CODE", asset_identifier = told.Asset } } },
                        severity = new { data = new { type = "severity", attributes = new { rating = told.Severity, score = told.Score } } },
                    },
                },
            },
        };
    }
}
