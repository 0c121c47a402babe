using System.CommandLine;
using System.Globalization;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Settings;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Cli;

/// <summary><c>chatops watch replay</c>: what the rules, with another in front, would have said over what is stored, or over what a chain's endpoints have. Nothing is changed and nobody told.</summary>
internal static class WatchSubcommand
{
    /// <param name="settings">What was said as --Section:Key=value.</param>
    /// <param name="guarded">Runs the work and gives the exit code.</param>
    public static Command Make(IReadOnlyList<string> settings, Func<Func<Task>, Task<int>> guarded)
    {
        var from = new Option<string>("--from") { Description = "From when on: 2026-11-23T10:00:00Z, or a day; with --chain also a block's number.", Required = true };
        var to = new Option<string>("--to") { Description = "Until when, not included; with --chain also the last block's number. Without it until now." };
        var rule = new Option<string>("--rule") { Description = "A rule that is asked first: its name, or key=value with semicolons between." };
        var chain = new Option<string>("--chain") { Description = "Reads the blocks of this chain from its endpoints, while the bot runs or not. Without it, what is stored is judged." };
        var replay = new Command("replay", "Judges transactions with the rules as they are now: those that are stored (the bot has to be stopped where it keeps a data file), or with --chain all that a chain holds.")
        {
            Options = { from, to, rule, chain },
            TreatUnmatchedTokensAsErrors = false,
        };
        replay.SetAction((parsed, cancel) => guarded(() =>
        {
            Refuse(parsed.UnmatchedTokens, replay.Options);
            string[] args = [.. settings, .. parsed.UnmatchedTokens];
            return parsed.GetValue(chain) is { } name
                ? new ChainReplay(name, args).Run(Mark("--from", parsed.GetValue(from)!), parsed.GetValue(to) is { } until ? Mark("--to", until) : null, parsed.GetValue(rule), cancel)
                : Run(parsed.GetValue(from)!, parsed.GetValue(to), parsed.GetValue(rule), args, cancel);
        }));
        return new Command("watch", "Watched contracts.") { Subcommands = { replay } };
    }

    /// <summary>A slip in an option is no setting: those have a section before a colon.</summary>
    private static void Refuse(IEnumerable<string> unmatched, IEnumerable<Option> options)
    {
        var names = options.Select(option => option.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal)).ToList();
        var wrong = unmatched.Select(token => token.Split('=')[0]).Where(name => name.StartsWith("--", StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)).ToList();
        if (wrong.Count > 0)
        {
            throw new SettingsException([.. wrong.Select(name => $"{name}: there is no such option; {(NearestWord.To(name, names) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", names)}, and settings as --Section:Key=value.")}")]);
        }
    }

    private static async Task Run(string from, string? to, string? rule, string[] args, CancellationToken cancel)
    {
        var first = Read("--from", from);
        var last = to is null ? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : Read("--to", to);
        // The bot is put together and not started: no chat, no chain, no timer.
        await using var app = Program.Build([.. args, "--Logging:LogLevel:Default=Warning"]);
        var replay = app.Services.GetRequiredService<Replay>();
        var (counts, otherwise) = await replay.Run(first, last, await Rules(replay, rule, cancel), Console.WriteLine, cancel);
        Console.WriteLine($"{Total(counts)}; {otherwise} judged otherwise than when they came.");
    }

    internal static async Task<IReadOnlyList<Rule>> Rules(Replay replay, string? words, CancellationToken cancel) =>
        await replay.RuleOf(words, cancel) is var (rule, fault) && fault is null ? await replay.RulesWith(rule, cancel) : throw new SettingsException([fault!]);

    /// <summary>"12 transactions: 1 abnormal, 2 review, 9 normal".</summary>
    internal static string Total(IReadOnlyDictionary<VerdictKind, int> counts) =>
        $"{counts.Values.Sum()} transactions: {string.Join(", ", counts.OrderByDescending(each => each.Key).Select(each => $"{each.Value} {each.Key.ToString().ToLowerInvariant()}"))}";

    private static BlockMark Mark(string option, string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(number, null) : new(null, Read(option, text));

    private static Instant Read(string option, string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant ? instant.Value
        : OffsetDateTimePattern.GeneralIso.Parse(text) is { Success: true } offset ? offset.Value.ToInstant()
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()
        : throw new SettingsException([$"{option}: \"{text}\" is no instant: write it as 2026-11-23T10:00:00Z, or 2026-11-23 for the day's beginning in UTC."]);
}
