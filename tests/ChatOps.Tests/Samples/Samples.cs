namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => Read("alertmanager", name);

    /// <summary>HackerOne's customer API as it was recorded, and webhooks of the documented shape.</summary>
    public static string HackerOne(string name) => Read("hackerone", name);

    /// <summary>Recorded from GitHub by the makers of its clients, or from an emulator of it where the name says so.</summary>
    public static string GitHub(string name) => Read("github", name);

    private static string Read(string source, string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", source, name + ".json"));
}
