namespace ChatOps.Tests;

/// <summary>Captured payloads, beside the tests.</summary>
internal static class Samples
{
    public static string Alertmanager(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "alertmanager", name + ".json"));

    /// <summary>Encodings that other programs made: ethers.json by ethers 6, selectors.json by viem and ethers alike.</summary>
    public static string Abi(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "abi", name + ".json"));
}
