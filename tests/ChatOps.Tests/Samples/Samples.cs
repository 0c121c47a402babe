namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => Read("alertmanager", name);

    /// <summary>HackerOne's customer API as it was recorded, and webhooks of the documented shape.</summary>
    public static string HackerOne(string name) => Read("hackerone", name);

    /// <summary>Recorded from GitHub by the makers of its clients, or from an emulator of it where the name says so.</summary>
    public static string GitHub(string name) => Read("github", name);

    /// <summary>Encodings that other programs made: ethers.json by ethers 6, selectors.json by viem and ethers alike.</summary>
    public static string Abi(string name) => Read("abi", name);

    private static string Read(string source, string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", source, name + ".json"));
}
