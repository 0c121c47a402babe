using System.CommandLine;
using System.Text.RegularExpressions;
using ChatOps.Demo;
using ChatOps.Settings;

namespace ChatOps.Cli;

/// <summary>The program's own command line. Exit codes: 0 fine, 1 the work failed, 2 bad arguments or settings; errors go to stderr, one a line.</summary>
internal static partial class CommandLine
{
    private const int Failed = 1;
    private const int Misused = 2;

    public static async Task<int> Run(string[] args, Func<Task> bot)
    {
        var check = new Command("check", "Checks the settings and says what they mean, without starting.") { TreatUnmatchedTokensAsErrors = false };
        var demo = new Command("demo", "Plays a made-up fortnight through the bot's real doors, in a data file of its own, and goes on from there.") { TreatUnmatchedTokensAsErrors = false };
        var url = new Option<string>("--url") { Description = "Where to ask; without it, where the settings say that it listens." };
        var health = new Command("health", "Asks a running bot whether it lives: 0 if it does, 1 if not.") { Options = { url }, TreatUnmatchedTokensAsErrors = false };
        var root = new RootCommand("ChatOps runs an on-call process in chat. Without a sub-command it starts the bot.\nAny setting can be given as --Section:Key=value.")
        {
            TreatUnmatchedTokensAsErrors = false,
            Subcommands = { check, demo, health, SlackSubcommand.Make(Guarded) },
        };
        // A setting is not to be taken for a file's name, wherever it stands.
        var settings = args.Where(arg => QualifiedSetting().IsMatch(arg)).ToList();
        root.Subcommands.Add(WatchSubcommand.Make(settings, Guarded));
        foreach (var command in StoreCommands.All(settings, Guarded))
        {
            root.Subcommands.Add(command);
        }

        root.SetAction((_, _) => Guarded(bot));
        check.SetAction((parsed, cancel) => Guarded(() => SettingsCheck.Run([.. settings, .. parsed.UnmatchedTokens], cancel)));
        demo.SetAction((parsed, _) => Guarded(() => DemoRun.Run([.. settings, .. parsed.UnmatchedTokens], ContentRoot.Find())));
        health.SetAction((parsed, _) => Guarded(() => HealthCheck.Run(parsed.GetValue(url), [.. settings, .. parsed.UnmatchedTokens])));

        var parsed = root.Parse([.. args.Except(settings)]);
        var faults = parsed.Errors.Select(error => error.Message).Concat(NotSettings(parsed.UnmatchedTokens)).ToList();
        if (faults.Count > 0)
        {
            faults.ForEach(Console.Error.WriteLine);
            return Misused;
        }

        // The host stops the program on SIGTERM in its own order; a second handler would cut it short.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static async Task<int> Guarded(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (SettingsException wrong)
        {
            wrong.Faults.ToList().ForEach(Console.Error.WriteLine);
            return Misused;
        }
        catch (Exception fault)
        {
            // A store that does not open, a port that is taken: the message says what it is.
            await Console.Error.WriteLineAsync(fault.Message);
            return Failed;
        }
    }

    /// <summary>What is neither a sub-command nor a setting: --Section:Key=value, or --urls with its value behind it.</summary>
    private static IEnumerable<string> NotSettings(IReadOnlyList<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (SettingWithValue().IsMatch(tokens[i]))
            {
                continue;
            }

            if (SettingAlone().IsMatch(tokens[i]) && i + 1 < tokens.Count && !tokens[i + 1].StartsWith('-'))
            {
                i++;
                continue;
            }

            yield return $"\"{tokens[i]}\" is neither a sub-command nor a setting (--Section:Key=value); --help shows what there is.";
        }
    }

    [GeneratedRegex(@"^--[A-Za-z][\w.\-]*:[\w:.\-]*=")]
    private static partial Regex QualifiedSetting();

    [GeneratedRegex(@"^(--|/)[A-Za-z][\w:.\-]*=")]
    private static partial Regex SettingWithValue();

    [GeneratedRegex(@"^--[A-Za-z][\w:.\-]*$")]
    private static partial Regex SettingAlone();
}
