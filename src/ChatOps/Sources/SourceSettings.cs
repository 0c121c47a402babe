using ChatOps.Core.Settings;
using ChatOps.Sources.Alertmanager;

namespace ChatOps.Sources;

/// <summary>The settings <c>Sources:{Name}</c>.</summary>
internal sealed record SourceSettings(IReadOnlyDictionary<string, SourceDoor> Doors)
{
    private static readonly string[] Known = [AlertmanagerSource.SourceTitle];

    public static SourceSettings Read(SettingsReader sources, bool openOnLoopback)
    {
        sources.Knows(Known);
        return new(Known.ToDictionary(title => title.ToLowerInvariant(), title =>
        {
            var source = sources.Section(title);
            source.Knows("Secret", "Enabled");
            if (source.List("Secret") is { Count: 0 })
            {
                source.Fault("Secret", "it is set but empty; leave it out, or set one");
            }

            return new SourceDoor(source.Flag("Enabled", true), source.List("Secret") ?? [], openOnLoopback);
        }));
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
