using System.Text.RegularExpressions;

namespace ChatOps.Tests.Scenarios;

/// <summary>Which points of a run have to be died at so that it has died before and after each commit and each call.</summary>
internal static partial class Moments
{
    /// <summary>
    /// All but those right before a step that follows another step of the same worker: nothing is stored and nothing goes out between the two, so that dying
    /// after the first is dying before the second. Points of decisions (by people, Alertmanager and timers) all stay.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> points)
    {
        var moments = new List<string>();
        var wentOn = new HashSet<string>();
        foreach (var point in points)
        {
            var worker = Worker().Match(point);
            if (!worker.Success)
            {
                // Something new to show: what a worker does next is another round of its work.
                wentOn.Clear();
                moments.Add(point);
            }
            else if (point.StartsWith("after ", StringComparison.Ordinal))
            {
                wentOn.Add(PlatformOf(worker));
                moments.Add(point);
            }
            else if (!wentOn.Contains(PlatformOf(worker)))
            {
                moments.Add(point);
            }
        }

        return moments;
    }

    private static string PlatformOf(Match worker) => worker.Groups["platform"] is { Success: true } named ? named.Value : worker.Groups["local"].Success ? "local" : "fake";

    // Steps of the delivery: an intent, a note, a message of the local chat (which is a document), a call to the remote chat.
    [GeneratedRegex(@"^\w+ (commit of (no )?(Shown|Mark) (?<platform>\w+)\||(?<local>commit of LocalMessage)|(post|update|search) )")]
    private static partial Regex Worker();
}
