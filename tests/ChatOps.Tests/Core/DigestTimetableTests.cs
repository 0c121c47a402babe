using ChatOps.Core.Digests;
using ChatOps.Jobs;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Tests.Core;

/// <summary>Cron expressions on a clock in Berlin, in the two nights in which it changes.</summary>
public sealed class DigestTimetableTests
{
    [Theory]
    [InlineData("0 30 2 * * ?", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // 02:30 is jumped over: when the gap ends
    [InlineData("0 30 2 * * ?", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 30 2 * * ?", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // 02:30 comes twice: the first
    [InlineData("0 30 2 * * ?", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 30 2 * * ?", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 0 8 ? * MON", "2026-10-19T06:00:00Z", "2026-10-26T07:00:00Z")]
    public void A_time_is_due_when_a_handoff_then_would_be(string cron, string after, string due)
    {
        var timetable = Timetable(cron);
        Assert.Equal(At(due), timetable.After(At(after)));
        Assert.Equal(At(due), timetable.Before(At(due) + Duration.Epsilon));
        Assert.NotEqual(At(due), timetable.Before(At(due)));
    }

    [Fact]
    public void A_span_is_from_time_to_time_however_long_the_week_was()
    {
        var span = Timetable("0 0 8 ? * MON").SpanTo(At("2026-10-26T07:00:00Z"));
        Assert.Equal((At("2026-10-12T06:00:00Z"), At("2026-10-19T06:00:00Z"), At("2026-10-26T07:00:00Z")), (span.Before, span.From, span.To));
    }

    [Fact]
    public void What_comes_once_and_never_again_looks_back_a_week()
    {
        var timetable = Timetable("0 0 8 1 6 ? 2026");
        Assert.Null(timetable.After(At("2026-06-02T00:00:00Z")));
        var span = timetable.SpanTo(At("2026-06-01T06:00:00Z"));
        Assert.Equal(Duration.FromDays(7), span.To - span.From);
        Assert.Equal(Duration.FromDays(7), span.From - span.Before);
    }

    private static DigestTimetable Timetable(string cron) => new("Test", QuartzCron.Read(cron).Cron!, DateTimeZoneProviders.Tzdb["Europe/Berlin"]);

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
