using System.Diagnostics;
using System.Globalization;
using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Durability;

/// <summary>
/// A process that stores numbered commits from several threads and says each number when it was answered: for the parent to kill.
/// In a test's own process xunit's SynchronizationContext would make LiteDB write on other threads than it does in the program.
/// </summary>
internal static class StoreChild
{
    /// <summary>The sub-command with which the harness starts itself as such a process.</summary>
    public const string Name = "store-child";

    private const string Opened = "open";
    private const int Threads = 4;

    /// <summary>Opens the store and works until it is killed, or its parent is gone.</summary>
    public static void Run(string place)
    {
        var store = Ledger.OpenAt(place);
        var output = TextWriter.Synchronized(Console.Out);
        output.WriteLine(Opened);
        for (var i = 0; i < Threads; i++)
        {
            new Thread(() => Work(store, output).GetAwaiter().GetResult()) { IsBackground = true }.Start();
        }

        // Without a parent there is nobody to end it.
        Console.In.ReadToEnd();
    }

    /// <summary>Starts one and returns when it has its store open.</summary>
    /// <param name="place">A data file, or the connection string of a database.</param>
    public static Process Start(string place)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreChild).Assembly.Location, Name, place]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var child = Process.Start(start)!;
        return child.StandardOutput.ReadLine() == Opened ? child : throw new InvalidOperationException("The child that was to be killed could not open its store.");
    }

    private static async Task Work(IStore store, TextWriter output)
    {
        while (true)
        {
            var number = await store.NextNumber(Ledger.Series);
            var name = number.ToString(CultureInfo.InvariantCulture);
            var commit = new Commit().Put(new Receipt(name, number)).Put(new Parcel(name) { Serial = name, Shelf = Ledger.Kept });
            output.WriteLine(await store.Commit(commit) == CommitOutcome.Stored ? name : $"{name} was given twice");
        }
    }
}
