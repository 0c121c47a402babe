using ChatOps.Core.Settings;

namespace ChatOps.Contracts;

/// <summary>What comes with the program about contracts: Status's public ones, to be confirmed by whoever runs it, and the rules that let ordinary use pass.</summary>
internal static class ShippedContracts
{
    private static readonly string[] Files = ["status-contracts.json", "shipped-rules.json"];

    /// <summary>Written as the settings' own section <c>Contracts</c> is.</summary>
    public static SettingsReader Read()
    {
        var builder = new ConfigurationBuilder();
        foreach (var file in Files)
        {
            builder.AddJsonStream(typeof(ShippedContracts).Assembly.GetManifestResourceStream($"ChatOps.Contracts.{file}")!);
        }

        return new SettingsReader(builder.Build());
    }
}
