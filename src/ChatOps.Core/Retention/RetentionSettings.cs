using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Core.Retention;

/// <summary>The settings <c>Storage:Retention</c>.</summary>
/// <param name="Alerts">How long after its end an alert is condensed; null: never.</param>
public sealed record RetentionSettings(Duration? Alerts)
{
    private static readonly Duration Usual = Duration.FromDays(90);

    // Sources repeat themselves for some minutes after an end: by then nothing that comes may find half of an alert.
    private static readonly Duration Shortest = Duration.FromDays(1);

    public static RetentionSettings Read(SettingsReader retention)
    {
        const string Key = "Alerts";
        retention.Knows(Key);
        if (string.Equals(retention.Text(Key), "never", StringComparison.OrdinalIgnoreCase))
        {
            return new((Duration?)null);
        }

        var age = retention.Span(Key, Usual);
        if (age > Duration.Zero && age < Shortest)
        {
            retention.Fault(Key, $"\"{retention.Text(Key)}\" is less than a day: write 90d, or never to keep all");
        }

        return new(age == Duration.Zero ? null : age);
    }
}
