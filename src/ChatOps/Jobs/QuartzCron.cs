using ChatOps.Core.Digests;
using NodaTime;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>
/// Quartz' cron expressions, read on a clock that never changes: its own time zones come from the operating system and settle the two nights a year otherwise than
/// our handoffs do.
/// </summary>
internal sealed class QuartzCron : ICron
{
    private readonly CronExpression _cron;

    private QuartzCron(string expression)
    {
        Expression = expression;
        _cron = new CronExpression(expression, TimeZoneInfo.Utc);
    }

    public string Expression { get; }

    public static (ICron? Cron, string? Fault) Read(string text)
    {
        try
        {
            return (new QuartzCron(text), null);
        }
        catch (FormatException fault)
        {
            return (null, $"\"{text}\" is not a cron expression ({fault.Message.TrimEnd('.')}): write seconds, minutes, hours, day of the month, month, day of the week, as in 0 0 8 ? * MON");
        }
    }

    public LocalDateTime? After(LocalDateTime local) =>
        _cron.GetNextValidTimeAfter(local.InUtc().ToDateTimeOffset()) is { } next ? LocalDateTime.FromDateTime(next.UtcDateTime) : null;
}
