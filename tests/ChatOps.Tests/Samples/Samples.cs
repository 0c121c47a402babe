namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => Read("alertmanager", name);

    /// <summary>Recorded from GitHub by the makers of its clients, or from an emulator of it where the name says so.</summary>
    public static string GitHub(string name) => Read("github", name);

    private static string Read(string source, string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", source, name + ".json"));
}
