using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Throughput;

/// <summary>A document of about 450 bytes with a unique key.</summary>
internal sealed record Letter(string Id) : Document(Id), IStored<Letter>
{
    private static readonly string Written = new('c', 380);

    public static Index<Letter> BySerial { get; } = new("serial", letter => letter.Serial, unique: true);

    public static Collection<Letter> Collection { get; } = new("letters", BySerial);

    public string Serial { get; init; } = Id;

    public string Contents { get; init; } = Written;
}
