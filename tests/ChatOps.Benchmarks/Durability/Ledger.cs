using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The store of a durability run, and what has to hold in it whatever happened.</summary>
internal static class Ledger
{
    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "N";

    /// <summary>Where a parcel stands whose receipt was stored with it.</summary>
    public const string Kept = "kept";

    // A short log is copied into the data file often: that is where most can go wrong.
    private const int CheckpointPages = 60;

    public static Collection[] Collections { get; } = [Parcel.Collection, Receipt.Collection];

    /// <param name="place">A data file, or the connection string of a database.</param>
    public static IStore OpenAt(string place) => !place.StartsWith("Host=", StringComparison.Ordinal) ? Open(place)
        : PostgresConnection.Read(place) is { Connection: { } connection } ? PostgresStore.Open(connection, Collections, TimeProvider.System, NullLogger.Instance)
        : throw new ArgumentException("It is not the connection string of a database.", nameof(place));

    public static LiteDbStore Open(string path) => LiteDbStore.Open(path, Collections, TimeProvider.System, NullLogger<LiteDbStore>.Instance);

    public static LiteDbStore Open(PowerCutDisk disk) => LiteDbStore.Open(disk.Open, Collections, NullLogger<LiteDbStore>.Instance, checkpointPages: CheckpointPages);

    /// <summary>What is wrong, or null: every answered number is there, each commit is whole or not there, indexes and documents agree, no number is given twice.</summary>
    public static async Task<string?> Fault(LiteDbStore store, IReadOnlySet<long> answered)
    {
        var receipts = (await store.List(Index<Receipt>.Id, Keys.Between("0", "a"))).Select(receipt => receipt.Number).ToHashSet();
        if (answered.Except(receipts).ToList() is { Count: > 0 } lost)
        {
            return $"{lost.Count} answered commits are lost, such as {lost[0]}";
        }

        var kept = (await store.List(Parcel.ByShelf, Keys.Exactly(Kept))).Select(parcel => long.Parse(parcel.Id)).ToHashSet();
        if (!receipts.SetEquals(kept) || await store.Count(Parcel.ByShelf, Keys.Prefix(Kept)) != kept.Count)
        {
            return $"a commit is half there: {receipts.Count} receipts, {kept.Count} parcels";
        }

        foreach (var parcel in await store.List(Index<Parcel>.Id, Keys.All))
        {
            if (await store.List(Parcel.BySerial, Keys.Exactly(parcel.Id)) is not [var same] || same.Id != parcel.Id)
            {
                return $"the parcel {parcel.Id} is not where its serial number says";
            }
        }

        return receipts.Count > 0 && await store.NextNumber(Series) is var next && next <= receipts.Max() ? $"the number {next} would be given twice" : null;
    }
}
