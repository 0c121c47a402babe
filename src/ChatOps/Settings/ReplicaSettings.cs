using ChatOps.Core.Leases;
using ChatOps.Core.Settings;

namespace ChatOps.Settings;

/// <summary>The settings <c>Replica</c>: how this process is called among those that share a database.</summary>
internal static class ReplicaSettings
{
    private const int LongestName = 100;

    /// <summary>
    /// The name has to be the same after a restart and another one for each replica. Without one set it is the host's with the port, because two on one host cannot
    /// listen on the same; where each container has the same name and port, it must be set.
    /// </summary>
    public static Replica Read(SettingsReader replica, string? urls)
    {
        replica.Knows("Name");
        var name = replica.Text("Name") ?? $"{Environment.MachineName}-{PortOf(urls)}";
        if (name.Length > LongestName || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '|'))
        {
            replica.Fault("Name", $"\"{name}\" is not a replica's name: one word of at most {LongestName} characters");
        }

        return new Replica(name);
    }

    private static int PortOf(string? urls)
    {
        try
        {
            return BindingAddress.Parse((urls ?? "").Split(';')[0]).Port;
        }
        catch (FormatException)
        {
            return 0; // the address itself is refused elsewhere
        }
    }
}
