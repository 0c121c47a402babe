namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => Read("alertmanager", name);

    public static string HackerOne(string name) => Read("hackerone", name);

    private static string Read(string folder, string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", folder, name + ".json"));
}
