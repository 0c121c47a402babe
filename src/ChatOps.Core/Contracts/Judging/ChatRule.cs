using System.Text.Json.Serialization;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>A rule that was made in chat. It is asked after those of the settings: what stands there nobody overrules with a click.</summary>
/// <param name="Id">Its name, in lower case.</param>
/// <param name="Words">As <c>Contracts:Rules</c> writes it.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
public sealed record ChatRule(string Id, IReadOnlyDictionary<string, string> Words, string By, Instant At) : Document(Id), IStored<ChatRule>
{
    public static Collection<ChatRule> Collection { get; } = new("watch_rules");

    /// <summary>As it was written.</summary>
    [JsonIgnore]
    public string Name => Words.GetValueOrDefault("Name") ?? Id;

    /// <summary>Null when the program reads it no more as it was written: then it calls nothing normal.</summary>
    public Rule? Rule => RuleText.Read(Words, "@" + By, Id).Rule;
}
