using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Tests.Conformance;

/// <summary>A document with one of everything that a store might bend.</summary>
public sealed record Gadget(string Id) : Document(Id), IStored<Gadget>
{
    public static Index<Gadget> ByMade { get; } = new("made", gadget => Keys.At(gadget.Made));

    public static Index<Gadget> BySerial { get; } = new("serial", gadget => gadget.Serial, unique: true);

    public static Index<Gadget> ByShelf { get; } = new("shelf", gadget => gadget.Shelf);

    public static Collection<Gadget> Collection { get; } = new("gadgets", ByMade, BySerial, ByShelf);

    public string Name { get; init; } = "";

    public Instant Made { get; init; } = Instant.FromUtc(2026, 1, 5, 9, 0);

    public LocalDateTime Handoff { get; init; }

    public string Zone { get; init; } = DateTimeZone.Utc.Id;

    public Shade Shade { get; init; }

    public IReadOnlyList<Part> Parts { get; init; } = [];

    public string? Serial { get; init; }

    public string? Shelf { get; init; }
}

public enum Shade
{
    Light,
    VeryDark,
}

public sealed record Part(string Name, decimal Price, IReadOnlyList<string> Notes);

/// <summary>A document that many change at once; its collection has no index.</summary>
public sealed record Tally(string Id, long Sum) : Document(Id), IStored<Tally>
{
    public static Collection<Tally> Collection { get; } = new("tallies");
}
