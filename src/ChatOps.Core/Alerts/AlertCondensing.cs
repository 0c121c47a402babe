using ChatOps.Core.Chat;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// What is left of an alert when it is old: what it was, how bad, where it went, when it came and ended, who had it, and what it counted, which is what
/// numbers and lists are made of. What was said about it in detail goes.
/// </summary>
internal static class AlertCondensing
{
    /// <param name="alert">Resolved, and of no incident.</param>
    /// <param name="done">Whether all of its bulk goes with this commit.</param>
    /// <param name="now">When.</param>
    public static Alert Condense(this Alert alert, bool done, Instant now) => alert with
    {
        Condensed = new Condensation(alert.Condensed?.At ?? now, done),
        Facts = alert.Facts with { Description = null, Labels = new Dictionary<string, string>(), Links = [] },
        Sample = [],
    };

    /// <summary>Says that it was condensed, and what is left; nothing for one that is whole.</summary>
    public static Markup CondensedWords(this Alert alert) => alert.Condensed is not { } condensed ? Markup.Empty : Markup.Of(
        $"It was condensed, {WallClock.Say(condensed.At, alert.TimeZone, alert.OpenedAt)}, because it was long over: what came, when, and who had it is left. Its labels, links, description and history ({alert.Entries} {(alert.Entries == 1 ? "entry" : "entries")}) are gone.");
}
