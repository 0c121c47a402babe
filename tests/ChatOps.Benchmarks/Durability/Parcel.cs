using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Durability;

/// <summary>What the durability runs store: a numbered document with a unique key, one that it may lose and get, and some weight.</summary>
internal sealed record Parcel(string Id) : Document(Id), IStored<Parcel>
{
    public static Index<Parcel> BySerial { get; } = new("serial", parcel => parcel.Serial, unique: true);

    public static Index<Parcel> ByShelf { get; } = new("shelf", parcel => parcel.Shelf);

    public static Collection<Parcel> Collection { get; } = new("parcels", BySerial, ByShelf);

    public string? Serial { get; init; }

    public string? Shelf { get; init; }

    public string Contents { get; init; } = "";
}

/// <summary>What is stored in one commit with its parcel.</summary>
internal sealed record Receipt(string Id, long Number) : Document(Id), IStored<Receipt>
{
    public static Collection<Receipt> Collection { get; } = new("receipts");
}
