using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// The moments of a run at which the process could die with something half done. Each has a name that is the same in every run, so that a later run can be
/// told to die at exactly that one, whichever of two workers was faster.
/// </summary>
/// <param name="deadly">The name at which this process kills itself, or null.</param>
/// <param name="say">Told each name, before anything else happens.</param>
internal sealed partial class Points(string? deadly, Action<string> say)
{
    private readonly ConcurrentDictionary<string, int> _seen = new();

    /// <summary>Does the work, with a moment to die before it and one after it.</summary>
    public async Task<T> Around<T>(string what, Func<Task<T>> work)
    {
        await Pass("before " + what);
        var done = await work();
        await Pass("after " + what);
        return done;
    }

    /// <summary>Times differ from run to run; what is left of a text without them does not.</summary>
    public static string Steady(string text) => Changing().Replace(text, "·");

    private async Task Pass(string moment)
    {
        var name = Steady(moment);
        var times = _seen.AddOrUpdate(name, 1, (_, before) => before + 1);
        name = times == 1 ? name : $"{name} ({times})";
        say(name);
        if (name == deadly)
        {
            // SIGKILL: no handler, no finally, no flush.
            Process.GetCurrentProcess().Kill();
            await new TaskCompletionSource().Task;
        }
    }

    // Stored instants; "Mon 23 Nov 14:02 UTC"; "3 s", "6 min", "6 min 1 s".
    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[0-9:.]+Z|\w{3} \d{1,2} \w{3} (\d{4} )?\d\d:\d\d \w+|\b\d+ (s|min)( \d+ s)?\b")]
    private static partial Regex Changing();
}
