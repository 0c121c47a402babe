using System.CommandLine;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Table = ChatOps.Benchmarks.Measuring.Table;

namespace ChatOps.Benchmarks.Throughput;

/// <summary>Durable commits of the store in a PostgreSQL database and in a data file, in turns.</summary>
internal static class PostgresCommand
{
    private const int ForEachCaller = 100;
    private const int LeastCommits = 1_000;

    private static readonly int[] Callers = [1, 8, 64];

    public static Command Make(PlanOptions plan, TextWriter output, TextWriter errors)
    {
        var database = new Argument<string>("connection") { Description = "The connection string of a database whose tables chatops.letters and others may be made." };
        var rounds = new Option<int>("--rounds") { Description = "How often each has its turn.", DefaultValueFactory = _ => 3 }.Within(1, 20);
        var command = new Command("postgres", "Durable commits a second of 1, 8 and 64 callers: new documents, then changes, in PostgreSQL and in a data file.") { database, rounds };
        command.SetAction(async (parsed, _) =>
        {
            if (PostgresConnection.Read(parsed.GetValue(database)) is not { Connection: { } connection } read)
            {
                await errors.WriteLineAsync(PostgresConnection.Read(parsed.GetValue(database)).Problem);
                return 2;
            }

            var folder = Directory.CreateDirectory(Path.Combine(parsed.GetValue(plan.Folder)!, $"chatops-commits-{Path.GetRandomFileName()}"));
            try
            {
                var table = new Table(["round", "store", .. Callers.Select(callers => $"{callers} new/s"), .. Callers.Select(callers => $"{callers} changed/s")]);
                for (var round = 1; round <= parsed.GetValue(rounds); round++)
                {
                    await using (var file = LiteDbStore.Open(Path.Combine(folder.FullName, $"{round}.db"), [Letter.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance))
                    {
                        table.Add([$"{round}", "file", .. await Rates(file)]);
                    }

                    await using var server = PostgresStore.Open(connection, [Letter.Collection], TimeProvider.System, NullLogger.Instance);
                    table.Add([$"{round}", "PostgreSQL", .. await Rates(server)]);
                }

                table.Print(output);
                return 0;
            }
            catch (StoreException fault)
            {
                await errors.WriteLineAsync(fault.Message);
                return 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<IEnumerable<string>> Rates(IStore store)
    {
        await Rate(store, Letters(200), 8);
        var made = new List<string>();
        var changed = new List<string>();
        foreach (var callers in Callers)
        {
            var letters = Letters(Math.Max(LeastCommits, callers * ForEachCaller));
            made.Add(Table.Number(await Rate(store, letters, callers), "0"));
            changed.Add(Table.Number(await Rate(store, [.. letters.Select(letter => letter with { Version = 1, Contents = letter.Contents + "!" })], callers), "0"));
        }

        return made.Concat(changed);
    }

    private static Letter[] Letters(int count) => [.. Enumerable.Range(0, count).Select(_ => new Letter(Guid.NewGuid().ToString("N")))];

    private static async Task<double> Rate(IStore store, Letter[] letters, int callers)
    {
        var next = -1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < letters.Length)
            {
                if (await store.Commit(new Commit().Put(letters[i])) != CommitOutcome.Stored)
                {
                    throw new StoreException($"The letter {letters[i].Id} was refused");
                }
            }
        })));
        return letters.Length / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
