using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Time;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Tests.Core.Commands;

public class TimePhraseTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    // A Monday: 14:02:30 in Berlin.
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 13, 2, 30);

    [Theory]
    [InlineData("now", "2026-11-23T13:02:30Z")]
    [InlineData("2026-12-24T18:00:00+05:30", "2026-12-24T12:30:00Z")]
    [InlineData("2026-12-24t18:00z", "2026-12-24T18:00:00Z")]
    [InlineData("2026-12-24T18:00:00.123Z", "2026-12-24T18:00:00.123Z")]
    [InlineData("2026-12-24 18:00 -0800", "2026-12-25T02:00:00Z")]
    [InlineData("2026-12-24 18:00 UTC", "2026-12-24T18:00:00Z")]
    [InlineData("2026-12-24 18:00", "2026-12-24T17:00:00Z")]
    [InlineData("2026-07-24T18:00", "2026-07-24T16:00:00Z")]
    [InlineData("24.12.2026 18:00", "2026-12-24T17:00:00Z")]
    [InlineData("2026-12-24", "2026-12-23T23:00:00Z")]
    [InlineData("24 Dec 18:00", "2026-12-24T17:00:00Z")]
    [InlineData("Dec 24, 2027, 6pm", "2027-12-24T17:00:00Z")]
    [InlineData("Thu 24 Dec 18:00 CET", "2026-12-24T17:00:00Z")]
    [InlineData("18:00", "2026-11-23T17:00:00Z")]
    [InlineData("14:02", "2026-11-24T13:02:00Z")]
    [InlineData("6pm", "2026-11-23T17:00:00Z")]
    [InlineData(" “6:30  PM” ", "2026-11-23T17:30:00Z")]
    [InlineData("12am", "2026-11-23T23:00:00Z")]
    [InlineData("noon", "2026-11-24T11:00:00Z")]
    [InlineData("today 9:00", "2026-11-23T08:00:00Z")]
    [InlineData("tomorrow", "2026-11-23T23:00:00Z")]
    [InlineData("Tomorrow at 9:00", "2026-11-24T08:00:00Z")]
    [InlineData("18:00 tomorrow", "2026-11-24T17:00:00Z")]
    [InlineData("tonight", "2026-11-23T19:00:00Z")]
    [InlineData("tonight 10pm", "2026-11-23T21:00:00Z")]
    [InlineData("tonight 1:00", "2026-11-24T00:00:00Z")]
    [InlineData("yesterday noon", "2026-11-22T11:00:00Z")]
    [InlineData("monday", "2026-11-29T23:00:00Z")]
    [InlineData("mon 18:00", "2026-11-23T17:00:00Z")]
    [InlineData("18:00 mon", "2026-11-23T17:00:00Z")]
    [InlineData("mon 10:00", "2026-11-30T09:00:00Z")]
    [InlineData("next monday 18:00", "2026-11-30T17:00:00Z")]
    [InlineData("next friday", "2026-11-26T23:00:00Z")]
    [InlineData("this friday 9am", "2026-11-27T08:00:00Z")]
    [InlineData("this monday 9am", "2026-11-23T08:00:00Z")]
    [InlineData("last monday 9am", "2026-11-16T08:00:00Z")]
    [InlineData("2h", "2026-11-23T15:02:30Z")]
    [InlineData("in 90 minutes", "2026-11-23T14:32:30Z")]
    [InlineData("in an hour", "2026-11-23T14:02:30Z")]
    [InlineData("1d 4h", "2026-11-24T17:02:30Z")]
    [InlineData("2h ago", "2026-11-23T11:02:30Z")]
    [InlineData("PT2H", "2026-11-23T15:02:30Z")]
    public void Times_are_read_as_people_write_them(string text, string instant)
    {
        var read = TimePhrase.ParseInstant(text, Berlin, Now);
        Assert.True(read.Try(out var at, out var refusal), refusal);
        Assert.Equal(InstantPattern.ExtendedIso.Parse(instant).Value, at);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:00:00Z")] // The gap ends.
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")] // The first.
    [InlineData("2026-10-25 02:30 CEST", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25 02:30 CET", "2026-10-25T01:30:00Z")]
    public void Local_times_that_come_twice_or_never_are_settled_as_handoffs_are(string text, string instant) =>
        Assert.Equal(InstantPattern.ExtendedIso.Parse(instant).Value, TimePhrase.ParseInstant(text, Berlin, Now).Value);

    [Fact]
    public void A_weekday_keeps_its_hour_over_the_change_of_clocks() =>
        Assert.Equal(Instant.FromUtc(2026, 10, 26, 9, 0), TimePhrase.ParseInstant("next monday 10:00", Berlin, Instant.FromUtc(2026, 10, 19, 9, 0)).Value);

    [Theory]
    [InlineData("whenever", "I do not know when \"whenever\" is. Try: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h.")]
    [InlineData("nxt monday", "I do not know when \"nxt monday\" is. Did you mean \"next monday\"? Try: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h.")]
    [InlineData("Tommorow 9:00", "I do not know when \"Tommorow 9:00\" is. Did you mean \"tomorrow 9:00\"? Try: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h.")]
    [InlineData("in 2 huors", "I do not know when \"in 2 huors\" is. Did you mean \"in 2 hours\"? Try: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h.")]
    [InlineData("03/04/2026 18:00", "\"03/04/2026\" is another day in another country. Write it as 2026-12-24.")]
    [InlineData("18", "18 what? Write 18:00 or 6pm for a time, 18h or 18m for a span from now.")]
    [InlineData("11 years", "Months and years differ in length. Write weeks or days: 4w, 30d.")]
    [InlineData("2526-12-24", "\"2526-12-24\" is more than a hundred years away. Is the year right?")]
    public void What_is_no_time_is_refused_with_what_works(string text, string why) =>
        Assert.Equal(why, TimePhrase.ParseInstant(text, Berlin, Now).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("at")]
    [InlineData("25:00")]
    [InlineData("13pm")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01 10:00")]
    [InlineData("Tue 23 Nov 14:02")]
    [InlineData("2026-12-24 18:00 CEST")]
    [InlineData("2026-12-24 18:00 +19:00")]
    [InlineData("9999-12-31 23:59")]
    [InlineData("0001-01-01")]
    [InlineData("00:05:00:00")]
    [InlineData("monday tuesday")]
    [InlineData("99999999999999999999h")]
    [InlineData("0h")]
    [InlineData("٢٢:٠٠")]
    [InlineData("٢h")]
    public void Nonsense_is_refused(string text) => Assert.NotNull(TimePhrase.ParseInstant(text, Berlin, Now).Refusal);

    [Theory]
    [InlineData("2h", 120)]
    [InlineData("30m", 30)]
    [InlineData("1w", 10080)]
    [InlineData("1d 4h", 1680)]
    [InlineData("1h30m", 90)]
    [InlineData("1.5h", 90)]
    [InlineData("1 hour and 5 minutes", 65)]
    [InlineData("90 Minutes", 90)]
    [InlineData("half an hour", 30)]
    [InlineData("a day", 1440)]
    [InlineData("P1DT2H", 1560)]
    [InlineData("00:05:00", 5)]
    [InlineData("1.00:00:00", 1440)]
    public void Spans_are_read_as_people_write_them(string text, int minutes) => Assert.Equal(Duration.FromMinutes(minutes), TimePhrase.ParseSpan(text).Value);

    [Theory]
    [InlineData("-2h", "\"-2h\" goes backwards. Write 2h, or \"2h ago\" where a moment is asked for.")]
    [InlineData("0m", "\"0m\" is no time at all. Write how long, such as 30m or 2h.")]
    [InlineData("600w", "\"600w\" is more than ten years.")]
    [InlineData("999999999999999w", "\"999999999999999w\" is more than ten years.")]
    [InlineData("3 months", "Months and years differ in length. Write weeks or days: 4w, 30d.")]
    [InlineData("90", "90 what? Write 90m, 90h or 90d.")]
    [InlineData("2 huors", "I do not know how long \"2 huors\" is. Did you mean \"2 hours\"? Try: 30m, 2h, 1d 4h, 1w.")]
    [InlineData("monday", "I do not know how long \"monday\" is. Try: 30m, 2h, 1d 4h, 1w.")]
    public void What_is_no_span_is_refused_with_what_works(string text, string why) => Assert.Equal(why, TimePhrase.ParseSpan(text).Refusal);

    [Property(MaxTest = 500)]
    public void Whatever_is_written_gets_an_answer(string? text, byte cut)
    {
        var words = "next monday 10:00 in 2h 2026-12-24T18:00+01:00 9999-12-31 p1dt2h -0 24 dec tonight ago 1.5"[(cut % 90)..];
        foreach (var each in new[] { text ?? "", words + text, text + words, words })
        {
            Assert.True(TimePhrase.ParseInstant(each, Berlin, Now).Try(out _, out var why) || why.Length > 0);
            Assert.True(TimePhrase.ParseSpan(each).Try(out _, out why) || why.Length > 0);
        }
    }

    [Property(MaxTest = 500)]
    public void What_the_bot_says_it_also_reads(int minutes)
    {
        var at = Instant.FromUtc(2026, 11, 23, 13, 2) + Duration.FromMinutes(minutes % 10_000_000);
        Assert.Equal(at, TimePhrase.ParseInstant(WallClock.Say(at, Berlin, Now), Berlin, Now).Value);
    }

    [Fact]
    public void Times_and_spans_are_said_as_people_say_them()
    {
        Assert.Equal("Mon 23 Nov 14:02 CET", WallClock.Say(Now, Berlin, Now));
        Assert.Equal("Thu 1 Jul 2027 12:00 CEST", WallClock.Say(Instant.FromUtc(2027, 7, 1, 10, 0), Berlin, Now));
        Assert.Equal("4 h 20 min", WallClock.SaySpan(Duration.FromMinutes(260)));
        Assert.Equal("3 days", WallClock.SaySpan(Duration.FromDays(3) + Duration.FromMinutes(5)));
        Assert.Equal("1 day 1 h", WallClock.SaySpan(Duration.FromHours(25)));
        Assert.Equal("45 s", WallClock.SaySpan(Duration.FromSeconds(45)));
        Assert.Equal("0 s", WallClock.SaySpan(Duration.Zero));
    }
}
