using System.CommandLine;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Settings;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Cli;

/// <summary><c>chatops watch replay</c>: what the rules, with another in front, would have said over what is stored. Nothing is changed and nobody told.</summary>
internal static class WatchSubcommand
{
    /// <param name="settings">What was said as --Section:Key=value.</param>
    /// <param name="guarded">Runs the work and gives the exit code.</param>
    public static Command Make(IReadOnlyList<string> settings, Func<Func<Task>, Task<int>> guarded)
    {
        var from = new Option<string>("--from") { Description = "From when on: 2026-11-23T10:00:00Z, or a day.", Required = true };
        var to = new Option<string>("--to") { Description = "Until when, not included; without it until now." };
        var rule = new Option<string>("--rule") { Description = "A rule that is asked first: its name, or key=value with semicolons between." };
        var replay = new Command("replay", "Judges the transactions that are stored once more, with the rules as they are now. The bot has to be stopped where it keeps a data file.")
        {
            Options = { from, to, rule },
            TreatUnmatchedTokensAsErrors = false,
        };
        replay.SetAction((parsed, cancel) => guarded(() => Run(parsed.GetValue(from)!, parsed.GetValue(to), parsed.GetValue(rule), [.. settings, .. parsed.UnmatchedTokens], cancel)));
        return new Command("watch", "Watched contracts.") { Subcommands = { replay } };
    }

    private static async Task Run(string from, string? to, string? rule, string[] args, CancellationToken cancel)
    {
        var first = Read("--from", from);
        var last = to is null ? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : Read("--to", to);
        // The bot is put together and not started: no chat, no chain, no timer.
        await using var app = Program.Build([.. args, "--Logging:LogLevel:Default=Warning"]);
        var replay = app.Services.GetRequiredService<Replay>();
        var (counts, otherwise) = await replay.Run(first, last, await replay.RuleOf(rule, cancel) is var (read, fault) && fault is null ? read : throw new SettingsException([fault!]), Console.WriteLine, cancel);
        Console.WriteLine($"{counts.Values.Sum()} transactions: {string.Join(", ", counts.OrderByDescending(each => each.Key).Select(each => $"{each.Value} {each.Key.ToString().ToLowerInvariant()}"))}; {otherwise} judged otherwise than when they came.");
    }

    private static Instant Read(string option, string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant ? instant.Value
        : OffsetDateTimePattern.GeneralIso.Parse(text) is { Success: true } offset ? offset.Value.ToInstant()
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()
        : throw new SettingsException([$"{option}: \"{text}\" is no instant: write it as 2026-11-23T10:00:00Z, or 2026-11-23 for the day's beginning in UTC."]);
}
