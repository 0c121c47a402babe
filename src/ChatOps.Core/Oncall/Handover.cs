using System.Text.Json.Serialization;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Oncall;

/// <summary>
/// One handoff of one rotation, said once: its id is its key. What it says of the world is fixed when it is made; what happens with it afterwards, that the new
/// holder is ready or was reminded, is in <see cref="HandoverDecisions"/>.
/// </summary>
/// <param name="Id">handover/core/2026-11-30T09:00:00Z.</param>
/// <param name="Rotation">Its name.</param>
/// <param name="At">The handoff.</param>
/// <param name="SaidAt">When it was said; later than the handoff where the program was not running then.</param>
public sealed record Handover(string Id, string Rotation, Instant At, Instant SaidAt) : Document(Id), IStored<Handover>, IShownInChat, IHasHistory, IDue
{
    public const string CardKind = "handover";

    /// <summary>All ids begin with it.</summary>
    public const string Prefix = "handover/";

    // A sweep finds within ten seconds what a lost wake-up left behind.
    private static readonly Duration InTime = Duration.FromMinutes(2);

    public static Index<Handover> Due { get; } = new("due", handover => handover.DueAt is { } due ? $"{Keys.At(due)}|{handover.Id}" : null);

    public static Collection<Handover> Collection { get; } = new("handovers", Due);

    public required string Channel { get; init; }

    public string Zone { get; init; } = "UTC";

    /// <summary>Who hands over; empty when nobody was on call.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Who takes over; empty when nobody is on call from now on.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public Instant? Until { get; init; }

    /// <summary>Nobody but those who take over is in the rotation.</summary>
    public bool Alone { get; init; }

    /// <summary>What those who take over need to know, as it was.</summary>
    public IReadOnlyList<HandoverPart> Parts { get; init; } = [];

    public Readiness? Ready { get; init; }

    public Instant? RemindedAt { get; init; }

    public Instant? AdminsToldAt { get; init; }

    public Instant? DueAt { get; init; }

    public int Entries { get; init; }

    public Instant ChangedAt { get; init; }

    [JsonIgnore]
    public bool Late => SaidAt - At > InTime;

    [JsonIgnore]
    public Face Card => new(CardKind, Id);

    string IHasHistory.About => HandoverCard.TitleOf(this);

    [JsonIgnore]
    internal DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    /// <summary>Those who take over, called by name.</summary>
    [JsonIgnore]
    internal Markup Holders => Markup.Join(", ", To.Select(Markup.Mention));

    IEnumerable<Face> IShownInChat.Faces => [Card];

    /// <summary>The id of a handoff; of a rotation's ids the later handoff's sorts behind.</summary>
    public static string IdOf(Rotation rotation, Instant at) => $"{Prefix}{rotation.Id}/{InstantPattern.General.Format(at)}";

    /// <summary>All handovers of a rotation, in the index of ids.</summary>
    public static Keys Of(Rotation rotation) => Keys.Prefix($"{Prefix}{rotation.Id}/");
}

/// <summary>A titled part of what those who take over need to know.</summary>
public sealed record HandoverPart(string Title, Markup Text);

/// <param name="By">Who said that the new holder is ready: they themselves, or an admin for them.</param>
/// <param name="At">When.</param>
public sealed record Readiness(string By, Instant At);
