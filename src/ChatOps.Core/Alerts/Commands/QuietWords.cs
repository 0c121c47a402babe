using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>What snoozing and silencing have in common: how an end is said.</summary>
internal static class QuietWords
{
    /// <summary>Reads what is asked for, and hands it on: an end to the quiet, or a new one.</summary>
    public static Task<Answer> Ask(
        AlertService alerts, Invocation call, Duration usual, Instant now, Func<string, Task<Answer>> off, Func<string, Quiet, Task<Answer>> on, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id =>
        {
            if (Fault(call) is { } contradiction)
            {
                return Answer.Refuse(contradiction);
            }

            if (IsOff(call))
            {
                return await off(id);
            }

            var zone = (await alerts.Find(id, cancel))?.TimeZone ?? DateTimeZone.Utc;
            var (asked, fault) = Read(call, usual, call.Zone(zone), now);
            return asked is null ? Answer.Refuse(fault) : await on(id, asked);
        },
        cancel);

    private const string For = "--for";
    private const string Until = "--until";
    private const string Off = "--off";
    private const string Why = "--why";
    private const int LongestWhy = 200;

    private static readonly Duration Shortest = Duration.FromMinutes(1);

    // An alert that nobody wants to hear of for longer is one to change in the monitoring.
    private static readonly Duration Longest = Duration.FromDays(30);

    public static Parameter ForHowLong(Duration usual) => new(For, $"for how long, {WallClock.SaySpan(usual)} unless said: 30m, 4h, 2d");

    public static Parameter UntilWhen { get; } = new(Until, "until when: 18:00, tomorrow 09:00, next monday 10:00");

    public static Parameter ToEnd(string what) => new(Off, what) { Flag = true };

    public static Parameter Reason { get; } = new(Why, $"a reason for the others, at most {LongestWhy} characters") { Value = "TEXT" };

    private static bool IsOff(Invocation call) => call.Has(Off);

    /// <summary>An end that was named goes before one that is there; a bare press does not.</summary>
    public static bool IsNamed(Invocation call) => call.Has(For) || call.Has(Until);

    /// <summary>Options that contradict one another, or null.</summary>
    private static Markup? Fault(Invocation call) =>
        call.Has(Off) && (IsNamed(call) || call.Has(Why)) ? Markup.Of($"{Off} ends it now: leave the other options out.")
        : call.Has(For) && call.Has(Until) ? Markup.Of($"Say {For} or {Until}, not both.")
        : call[Why] is { Length: > LongestWhy } why ? Markup.Of($"The reason has at most {LongestWhy} characters; these are {why.Length}.")
        : null;

    /// <summary>What was asked for, or a refusal in words.</summary>
    private static (Quiet? Quiet, Markup Fault) Read(Invocation call, Duration usual, DateTimeZone zone, Instant now)
    {
        var end = new Parsed<Instant>(now + usual);
        if (call[For] is { } span)
        {
            end = TimePhrase.ParseSpan(span).Try(out var length, out var why) ? new(now + length) : Parsed<Instant>.Refused(why);
        }
        else if (call[Until] is { } text)
        {
            end = TimePhrase.ParseInstant(text, zone, now);
        }

        if (!end.Try(out var until, out var fault))
        {
            return (null, Markup.Plain(fault));
        }

        var reason = AlertFactsReading.Cut(call[Why], LongestWhy);
        return until <= now ? (null, Markup.Of($"{WallClock.Say(until, zone, now)} is not ahead. Try: {For} 2h, {Until} tomorrow 09:00."))
            : until - now < Shortest || until - now > Longest ? (null, Markup.Of($"At least {WallClock.SaySpan(Shortest)} and at most {WallClock.SaySpan(Longest)}; that would be {WallClock.SaySpan(until - now)}."))
            : (new Quiet(call.Actor.Person, now, until) { Why = reason }, Markup.Empty);
    }

    public static async Task<Answer> Lift(SilenceService silences, string id, Invocation call, CancellationToken cancel) => AlertWords.Tell(
        await silences.Lift(id, call.Actor, cancel),
        alert => alert switch
        {
            { IsOpen: false } => Markup.Of($"The silence is lifted: when the group of {alert.Id} fires again, people are told."),
            { Acknowledgement: { } ack } => Markup.Of($"{alert.Id} is not silenced any more; {Markup.Mention(ack.By)} has it."),
            _ => Markup.Of($"{alert.Id} is not silenced any more: {ToldNow(alert)}."),
        });

    public static async Task<Answer> Wake(AlertService alerts, string id, Invocation call, CancellationToken cancel) => AlertWords.Tell(
        await alerts.Wake(id, call.Actor, cancel),
        alert => alert.Acknowledgement is { } ack
            ? Markup.Of($"{alert.Id} is awake; {Markup.Mention(ack.By)} has it.")
            : Markup.Of($"{alert.Id} is awake: {ToldNow(alert)}."));

    private static Markup ToldNow(Alert alert) => alert.Escalation switch
    {
        { ToldAt: { } at } told when at == alert.ChangedAt => told.ToldWords,
        { DueAt: { } due } => Markup.Of($"the next step is {WallClock.Say(due, alert.TimeZone)}"),
        _ => Markup.Of($"nobody is told"),
    };
}
