using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes;

/// <summary>Variations on what a real Alertmanager posted.</summary>
internal static class AlertmanagerHook
{
    /// <summary>An alert in a group of its own.</summary>
    public static string Firing(string name, Dictionary<string, string>? labels = null, Dictionary<string, string>? annotations = null)
    {
        var group = JsonNode.Parse(Samples.Alertmanager("webhook_firing_single"))!;
        var alert = group["alerts"]![0]!;
        alert["labels"] = Pairs(new() { ["alertname"] = name, ["severity"] = "warning" }, labels);
        alert["annotations"] = Pairs(new() { ["summary"] = $"{name} for 5 minutes" }, annotations);
        alert["fingerprint"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        group["groupKey"] = $"{{}}:{{alertname=\"{name}\"}}";
        return group.ToJsonString();
    }

    private static JsonObject Pairs(Dictionary<string, string> usual, Dictionary<string, string>? more)
    {
        foreach (var (key, value) in more ?? [])
        {
            usual[key] = value;
        }

        return new(usual.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }
}
