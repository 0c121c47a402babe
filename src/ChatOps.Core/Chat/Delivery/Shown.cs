using System.Text.Json.Serialization;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// What a platform shows of one document. Written first as an intent with a <paramref name="Token"/>, then with the reference that the platform gave; an
/// intent without a reference is looked up by its token before it is posted again.
/// </summary>
public sealed record Shown(string Id, string Platform, string Channel, string Kind, string Subject, string Token, Instant IntendedAt) : Document(Id), IStored<Shown>
{
    public static Index<Shown> ByReference { get; } = new("reference", shown => shown.Reference is null ? null : $"{shown.Platform}|{shown.Reference}");

    public static Collection<Shown> Collection { get; } = new("shown", ByReference);

    public string? Reference { get; init; }

    /// <summary>The hash of the rendering that stands there: an unchanged one is not sent again.</summary>
    public string? Hash { get; init; }

    /// <summary>Set only in the run that wrote the intent: nothing can have been posted with it yet.</summary>
    [JsonIgnore]
    public bool FreshlyIntended { get; init; }

    /// <summary>Why the platform will never show it as it is (the hash says how), or null: changed, it is tried again.</summary>
    public string? Refused { get; init; }

    public static string IdOf(string platform, string kind, string subject) => $"{platform}|{kind}|{subject}";
}
