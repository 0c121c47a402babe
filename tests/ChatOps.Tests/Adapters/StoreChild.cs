using System.Diagnostics;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Conformance;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>
/// A process that stores numbered commits from several threads and says each number when it was answered: for the parent to kill.
/// In the test's own process xunit's SynchronizationContext would make LiteDB write on other threads than it does in the program.
/// </summary>
internal static class StoreChild
{
    private const int Threads = 4;

    public static int Run(string place)
    {
        var store = Open(place);
        var output = TextWriter.Synchronized(Console.Out);
        output.WriteLine("open");
        for (var i = 0; i < Threads; i++)
        {
            new Thread(() => Work(store, output).GetAwaiter().GetResult()) { IsBackground = true }.Start();
        }

        // Without a parent there is nobody to end it.
        Console.In.ReadToEnd();
        return 0;
    }

    /// <param name="place">A data file, or the connection string of a database.</param>
    public static Process Start(string place)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreChild).Assembly.Location, "store-child", place])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var child = Process.Start(start)!;
        Assert.Equal("open", child.StandardOutput.ReadLine());
        return child;
    }

    private static IStore Open(string place)
    {
        Collection[] collections = [Gadget.Collection, Tally.Collection];
        return place.StartsWith("Host=", StringComparison.Ordinal)
            ? PostgresStore.Open(RealPostgres.Connection(place), collections, TimeProvider.System, NullLogger.Instance)
            : LiteDbStore.Open(place, collections, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
    }

    private static async Task Work(IStore store, TextWriter output)
    {
        while (true)
        {
            var number = await store.NextNumber("N");
            var commit = new Commit().Put(new Tally($"{number}", number)).Put(new Gadget($"{number}") { Serial = $"{number}", Shelf = "kept" });
            output.WriteLine(await store.Commit(commit) == CommitOutcome.Stored ? $"{number}" : $"{number} was given twice");
        }
    }
}
