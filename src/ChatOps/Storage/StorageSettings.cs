using ChatOps.Core.Settings;
using ChatOps.Storage.LiteDb;

namespace ChatOps.Storage;

/// <summary>The settings <c>Storage</c>.</summary>
/// <param name="File">The LiteDB file's full path.</param>
internal sealed record StorageSettings(string File)
{
    private const string Provider = "LiteDb";

    public static StorageSettings Read(SettingsReader storage, string contentRoot)
    {
        storage.Knows("Provider", "ConnectionString", "Retention");
        if (storage.Text("Provider") is { } provider && !string.Equals(provider, Provider, StringComparison.OrdinalIgnoreCase))
        {
            storage.Fault("Provider", $"\"{provider}\" is not available in this version; there is {Provider}");
        }

        var (file, fault) = ConnectionString.Read(storage.Text("ConnectionString") ?? "Filename=data/chatops.db", contentRoot);
        if (fault is not null)
        {
            storage.Fault("ConnectionString", fault);
        }

        return new(file ?? "");
    }
}
