using ChatOps.Chat.Slack;
using ChatOps.Contracts;
using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Digests;
using ChatOps.Core.Leases;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;
using ChatOps.Core.Retention;
using ChatOps.Core.Settings;
using ChatOps.GitHub;
using ChatOps.Jobs;
using ChatOps.Pagers.PagerDuty;
using ChatOps.Sources;
using ChatOps.Sources.HackerOne;
using ChatOps.Storage;

namespace ChatOps.Settings;

/// <summary>All settings of the program, read once at start; what is wrong with them is said all at once.</summary>
internal sealed record ProgramSettings(
    IReadOnlyList<string> Platforms,
    string OnCallChannel,
    StorageSettings Storage,
    RetentionSettings Retention,
    Replica Replica,
    Roles Roles,
    OncallSettings Oncall,
    HandoverSettings Handover,
    AlertSettings Alerts,
    BugReportSettings BugReports,
    DigestSettings Digests,
    SourceSettings Sources,
    HackerOneSettings HackerOne,
    PagerDutySettings PagerDuty,
    SlackSettings Slack,
    GitHubSettings GitHub,
    IReadOnlyList<ChainSettings> Chains,
    WatchSettings Watch)
{
    private static readonly string[] KnownPlatforms = ["Local", "Slack"];

    private static readonly string[] KnownSections = ["Urls", "Storage", "Replica", "Chat", "Roles", "Rotations", "Handover", "Policies", "Routes", "Digests", "Sources", "HackerOne", "GitHub", "PagerDuty", "Slack", "BugReports", "Chains", "Contracts", "Logging", "Kestrel"];

    /// <summary>Whether that chat is on.</summary>
    public bool Has(string platform) => Platforms.Contains(platform);

    /// <summary>As the program would have them when started with these arguments.</summary>
    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static (ProgramSettings Settings, IConfiguration Sources) Load(string[] args)
    {
        var root = ContentRoot.Find();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(SettingsSources.Read(root, args)).Build();
        return (Read(configuration, root), configuration);
    }

    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static ProgramSettings Read(IConfiguration configuration, string contentRoot)
    {
        var reader = new SettingsReader(configuration);
        var chat = reader.Section("Chat");
        chat.Knows("Platforms", "OnCallChannel");
        var platforms = ReadPlatforms(chat);
        var channel = (chat.Text("OnCallChannel") ?? "on-call").TrimStart('#');
        if (channel.Length is 0 or > 80 || channel.Any(c => char.IsWhiteSpace(c) || c is '|' or '/'))
        {
            chat.Fault("OnCallChannel", $"\"{channel}\" is not a channel's name: one word of at most 80 characters");
        }

        var localOnly = platforms.All(platform => platform == "Local");
        var roles = reader.Section("Roles");
        roles.Knows("Admins", "Responders");
        if (reader.Text("Roles") is { } bare)
        {
            // Passed over it would leave everybody an admin.
            reader.Fault("Roles", $"\"{bare}\" names nobody: write Roles:Admins={bare} or Roles:Responders={bare}");
        }

        var chains = ChainSettings.ReadAll(reader);
        var pagerDuty = PagerDutySettings.Read(reader.Section("PagerDuty"));
        var settings = new ProgramSettings(
            platforms,
            channel,
            StorageSettings.Read(reader.Section("Storage"), QuartzCron.Read, contentRoot),
            RetentionSettings.Read(reader.Section("Storage").Section("Retention")),
            ReplicaSettings.Read(reader.Section("Replica"), reader.Text("Urls")),
            new Roles(roles.List("Admins"), roles.List("Responders"), openAdmins: localOnly),
            OncallSettings.Read(reader, channel),
            HandoverSettings.Read(reader.Section("Handover")),
            AlertSettings.Read(reader, channel, pagerDuty.IsOn),
            BugReportSettings.Read(reader.Section("BugReports"), channel),
            DigestSettings.Read(reader.Section("Digests"), QuartzCron.Read, channel),
            SourceSettings.Read(reader.Section("Sources"), openOnLoopback: localOnly),
            HackerOneSettings.Read(reader.Section("HackerOne")),
            pagerDuty,
            SlackSettings.Read(reader.Section("Slack"), isOn: platforms.Contains("Slack")),
            GitHubSettings.Read(reader.Section("GitHub")),
            chains,
            WatchSettings.Read(reader.Section("Contracts"), ShippedContracts.Read(), [.. chains.Select(chain => new WatchedChain(chain.Name, chain.ChainId))], file => AbiFiles.Read(file, contentRoot)));
        CheckUrls(reader);
        CheckSections(configuration, reader);
        return reader.Faults.Count == 0 ? settings : throw new SettingsException(reader.Faults);
    }

    private static List<string> ReadPlatforms(SettingsReader chat)
    {
        var named = chat.List("Platforms") ?? ["Local"];
        var known = new List<string>();
        if (named.Count == 0)
        {
            chat.Fault("Platforms", $"no chat is named; there are {string.Join(", ", KnownPlatforms)}");
        }

        foreach (var name in named)
        {
            if (KnownPlatforms.FirstOrDefault(platform => string.Equals(platform, name, StringComparison.OrdinalIgnoreCase)) is { } platform)
            {
                known.Add(platform);
            }
            else
            {
                chat.Fault("Platforms", $"\"{name}\" is not available in this version; there are {string.Join(", ", KnownPlatforms)}");
            }
        }

        return [.. known.Distinct()];
    }

    /// <summary>A section that is called nearly like one of ours is misspelt; the environment holds many others that are none of our business.</summary>
    private static void CheckSections(IConfiguration configuration, SettingsReader reader)
    {
        foreach (var section in configuration.GetChildren().Where(section => section.GetChildren().Any() && !KnownSections.Contains(section.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (NearestWord.To(section.Key, KnownSections) is { } meant)
            {
                reader.Fault(section.Key, $"there is no such setting; did you mean {meant}?");
            }
        }
    }

    private static void CheckUrls(SettingsReader reader)
    {
        foreach (var url in (reader.Text("Urls") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                if (BindingAddress.Parse(url).Scheme is not ("http" or "https"))
                {
                    reader.Fault("Urls", $"\"{url}\" is not an address to listen on: write it as http://127.0.0.1:5080");
                }
            }
            catch (FormatException)
            {
                reader.Fault("Urls", $"\"{url}\" is not an address to listen on: write it as http://127.0.0.1:5080");
            }
        }
    }
}
