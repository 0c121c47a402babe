namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "alertmanager", name + ".json"));
}
