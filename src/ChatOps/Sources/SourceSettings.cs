using ChatOps.Core.Settings;
using ChatOps.Sources.Alertmanager;
using ChatOps.Sources.HackerOne;
using ChatOps.Sources.Mapped;

namespace ChatOps.Sources;

/// <summary>The settings <c>Sources:{Name}</c>.</summary>
/// <param name="Doors">By the source's name in lower case.</param>
/// <param name="Mapped">Bug-report sources that the settings make.</param>
internal sealed record SourceSettings(IReadOnlyDictionary<string, SourceDoor> Doors, IReadOnlyList<MappedSettings> Mapped)
{
    private static readonly string[] Known = [AlertmanagerSource.SourceTitle, HackerOneSource.SourceTitle];

    public static SourceSettings Read(SettingsReader sources, bool openOnLoopback)
    {
        // Whatever has a map of fields is a source that the settings make.
        var mapped = sources.Children().Where(source => !Known.Contains(source.Name, StringComparer.OrdinalIgnoreCase) && source.Has("Map")).Select(source => (Reader: source, Settings: MappedSettings.Read(source))).ToList();
        sources.Knows([.. Known, .. mapped.Select(source => source.Reader.Name)]);
        var doors = Known.ToDictionary(title => title.ToLowerInvariant(), title =>
        {
            var source = sources.Section(title);
            source.Knows("Secret", "Enabled");
            return ReadDoor(source, openOnLoopback);
        });
        foreach (var (reader, settings) in mapped)
        {
            doors[settings.Name] = ReadDoor(reader, openOnLoopback);
        }

        return new(doors, [.. mapped.Select(source => source.Settings)]);
    }

    private static SourceDoor ReadDoor(SettingsReader source, bool openOnLoopback)
    {
        if (source.List("Secret") is { Count: 0 })
        {
            source.Fault("Secret", "it is set but empty; leave it out, or set one");
        }

        return new SourceDoor(source.Flag("Enabled", true), source.List("Secret") ?? [], openOnLoopback);
    }
}

/// <summary>Who may post to a source.</summary>
/// <param name="Enabled">False: it is not there.</param>
/// <param name="Secrets">Any of these opens it; two while one is being changed.</param>
/// <param name="OpenOnLoopback">Without a secret: programs on this machine may post. Once another chat than the local one is on, nobody may.</param>
internal sealed record SourceDoor(bool Enabled, IReadOnlyList<string> Secrets, bool OpenOnLoopback)
{
    public bool IsThere => Enabled && (Secrets.Count > 0 || OpenOnLoopback);

    /// <summary>Who may post, in words.</summary>
    public string Words => !Enabled ? "switched off"
        : Secrets.Count > 0 ? "open with its secret"
        : OpenOnLoopback ? "open to programs on this machine only, for it has no secret"
        : "closed, for it has no secret";
}
