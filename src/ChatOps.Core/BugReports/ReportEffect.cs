using System.Text.Json.Serialization;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>
/// Something that is to be written elsewhere. It is stored with the decision that wants it and goes when it is done; what may have been done by a try whose answer was lost is
/// looked up before it is tried again.
/// </summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who wants it.</param>
/// <param name="At">Since when.</param>
/// <param name="NextAt">When it is tried.</param>
public sealed record ReportEffect(EffectKind Kind, string By, Instant At, Instant NextAt)
{
    /// <summary>A comment's words, or what goes with a change of state.</summary>
    public string? Text { get; init; }

    /// <summary>A comment for us alone.</summary>
    public bool Internal { get; init; }

    /// <summary>The state that it moves to.</summary>
    public ReportState? State { get; init; }

    /// <summary>The issue to create.</summary>
    public IssueDraft? Draft { get; init; }

    /// <summary>The issue to link, which is there already.</summary>
    public IssueReference? Link { get; init; }

    /// <summary>Tries that were begun. It is stored before each, so that one that was cut short is known to have been begun.</summary>
    public int Tries { get; init; }

    /// <summary>Why the last try did not do it.</summary>
    public string? Fault { get; init; }

    /// <summary>It goes to the issue tracker; the others go to the inbox. The two do not wait for each other.</summary>
    [JsonIgnore]
    public bool IsForTracker => Kind is EffectKind.CreateIssue or EffectKind.LinkIssue;

    /// <summary>Whether it is this very try. Drafts hold lists, which are never equal when they have been read again.</summary>
    internal bool Is(ReportEffect other) => (Kind, By, At, Text, Tries) == (other.Kind, other.By, other.At, other.Text, other.Tries);

    /// <summary>In words: what waits.</summary>
    internal string Words => Kind switch
    {
        EffectKind.CreateIssue => $"the issue in {Draft?.Repository}",
        EffectKind.LinkIssue => $"the link to {Link?.Repository}#{Link?.Number}",
        EffectKind.WriteReference => "the issue's reference in the inbox",
        EffectKind.ChangeState => $"\"{State?.Say()}\" in the inbox",
        _ => Internal ? "an internal comment" : "a comment for the researcher",
    };
}

public enum EffectKind
{
    CreateIssue,
    LinkIssue,
    WriteReference,
    Comment,
    ChangeState,
}
