using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>A method of the Web API.</summary>
/// <param name="Name">Such as chat.postMessage.</param>
/// <param name="PerMinute">How many calls a minute its tier allows.</param>
/// <param name="Scope">What the token needs; null where nothing, or where it depends on the conversation.</param>
/// <param name="Arguments">All that it knows, with spaces between them.</param>
/// <param name="Answer">What it does; its answer is completed with <c>ok: true</c>.</param>
internal sealed record ApiMethod(string Name, int PerMinute, string? Scope, string Arguments, Func<ApiCall, JsonObject> Answer)
{
    public const int Tier2 = 20;
    public const int Tier3 = 50;
    public const int Tier4 = 100;

    /// <summary>Special tiers: "hundreds" a minute.</summary>
    public const int Hundreds = 600;

    /// <summary>Most methods that only read take forms alone; the arguments of a JSON body are not seen.</summary>
    public bool TakesJson { get; init; } = true;

    /// <summary>Called with the token of the app instead of the bot's.</summary>
    public bool ByApp { get; init; }

    public static IReadOnlyDictionary<string, ApiMethod> All { get; } = new[]
    {
        ChatMethods.All, ConversationMethods.All, ConversationReading.All, PeopleMethods.All, GroupMethods.All, ViewMethods.All, FileMethods.All, SmallMethods.All,
    }.SelectMany(methods => methods).ToDictionary(method => method.Name);
}
