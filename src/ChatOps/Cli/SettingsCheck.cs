using ChatOps.Core.Time;
using ChatOps.Settings;
using NodaTime;

namespace ChatOps.Cli;

/// <summary><c>chatops check</c>: the settings, and what they mean.</summary>
internal static class SettingsCheck
{
    public static async Task Run(string[] args, CancellationToken cancel)
    {
        var (settings, configuration) = ProgramSettings.Load(args);
        Console.WriteLine($"Settings: fine, from {Path.Combine(ContentRoot.Find(), "appsettings.json")}, the environment and the command line.");
        Console.WriteLine($"Store: {settings.Storage.Words}.");
        Console.WriteLine($"Backups: {settings.Storage.BackupWords}.");
        Console.WriteLine($"Alerts {(settings.Retention.Alerts is { } age ? $"are condensed {WallClock.SaySpan(age)} after they were resolved" : "are kept whole for ever")}.");
        Console.WriteLine(settings.Storage.Shared is null ? "Replicas: one, the store is its own." : $"Replicas: this one is {settings.Replica.Name}; the others on the same database need names of their own.");
        Console.WriteLine($"Chat: {string.Join(", ", settings.Platforms)}, on-call channel #{settings.OnCallChannel}, page at {configuration["Urls"]}.");
        Console.WriteLine($"Roles: {settings.Roles.Sentence}");
        foreach (var careful in settings.Roles.CarefulWords(settings.Has("Slack")))
        {
            Console.WriteLine($"Careful: {careful}");
        }

        foreach (var rotation in settings.Oncall.Rotations)
        {
            Console.WriteLine($"Rotation {rotation.Name}: hands off on {rotation.Day} at {rotation.Time:HH':'mm} {rotation.TimeZone} (as it is made; chat may have changed it since).");
        }

        foreach (var policy in settings.Alerts.Policies.Values)
        {
            Console.WriteLine($"Policy {policy.Name}, {policy.Steps.Count} steps: {string.Join("; ", policy.Steps.Select(step => $"{(step.After == Duration.Zero ? "at once" : $"after {WallClock.SaySpan(step.After)}")} {step.Tell}"))}. It starts over {policy.Repeat} times, {WallClock.SaySpan(policy.RestartAfter)} after its last step; an acknowledgement is reminded after {WallClock.SaySpan(policy.RemindAfter)}.");
        }

        foreach (var rule in settings.Alerts.Routes)
        {
            Console.WriteLine($"Route: {(rule.Match.Count == 0 ? "everything" : string.Join(", ", rule.Match.Select(label => $"{label.Key}={label.Value}")))}{(rule.Source is { } source ? $" from {source}" : "")} to rotation {rule.Route.Rotation}, policy {rule.Route.Policy}, #{rule.Route.Channel}.");
        }

        foreach (var unknown in settings.Alerts.NamedRotations.Except(settings.Oncall.Rotations.Select(rotation => rotation.Name.ToLowerInvariant())))
        {
            Console.WriteLine($"Careful: rotation {unknown} is named by a route or a policy, and no setting makes it; if the store does not have it either, nobody is told.");
        }

        Console.WriteLine($"Handover: the new holder is reminded {After(settings.Handover.RemindAfter)}, the admins are told {After(settings.Handover.TellAdminsAfter)}.");
        foreach (var digest in settings.Digests.Timetables)
        {
            Console.WriteLine($"Digest {digest.Name}: {digest.Cron.Expression}, {digest.Zone.Id}.");
        }

        foreach (var (name, door) in settings.Sources.Doors)
        {
            Console.WriteLine($"Source {name}: {door.Words}.");
        }

        Console.WriteLine(settings.HackerOne.HasApi
            ? $"HackerOne: {settings.HackerOne.Program} is asked every {WallClock.SaySpan(settings.HackerOne.PollInterval)} at {settings.HackerOne.ApiBaseUrl}."
            : "HackerOne: without an API token it is not asked, and nothing is written there; only its webhooks count.");
        Console.WriteLine($"Bug reports: to be handled within {WallClock.SaySpan(settings.BugReports.Clock.Otherwise)}{(settings.BugReports.Clock.Business is null ? "" : " of working time")}, in #{settings.BugReports.Channel}, {settings.BugReports.Swarms.Count} swarms.");
        Console.WriteLine(settings.PagerDuty.IsOn ? $"Pager: PagerDuty, {settings.PagerDuty.EventsUrl}." : "Pager: none is set up.");
        Console.WriteLine($"Issues: {(settings.GitHub.IsOn ? $"GitHub, {settings.GitHub.ApiBaseUrl}" : "none, GitHub is not set up")}.");
        Console.WriteLine(settings.Watch.NothingWords is { } nothing ? $"Contracts: {nothing}" : $"Contracts: {settings.Watch.Things.Count} {(settings.Watch.Things.Count == 1 ? "address is" : "addresses are")} watched on {string.Join(", ", settings.Chains.Select(chain => chain.Name))}, by {settings.Watch.Rules.Count} {(settings.Watch.Rules.Count == 1 ? "rule" : "rules")} of the settings and {settings.Watch.Shipped.Count} that are shipped.");
        foreach (var careful in settings.Watch.CarefulWords)
        {
            Console.WriteLine($"Careful: {careful}");
        }

        await RemoteEnds.Check(settings, cancel);
    }

    private static string After(Duration wait) => wait == Duration.Zero ? "never" : $"after {WallClock.SaySpan(wait)}";
}
