using System.CommandLine;
using ChatOps.Core.Storage;
using ChatOps.Settings;
using ChatOps.Storage;
using ChatOps.Storage.Archive;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Storage.LiteDb.Control;

namespace ChatOps.Cli;

/// <summary><c>chatops backup</c>, <c>restore</c>, <c>export</c> and <c>import</c>. What they say goes to stdout, how far they are to stderr; relative file names start where the caller is.</summary>
internal static class StoreCommands
{
    private const string Standard = "-";

    private static readonly TimeProvider Time = TimeProvider.System;

    /// <param name="settings">What was said as --Section:Key=value.</param>
    /// <param name="guarded">Runs the work and gives the exit code.</param>
    public static IEnumerable<Command> All(IReadOnlyList<string> settings, Func<Func<Task>, Task<int>> guarded)
    {
        var force = new Option<bool>("--force") { Description = "Replaces the file if there is one of that name." };
        var backup = new Argument<string>("FILE") { Description = "Where the backup goes. A running bot writes it itself, with its own rights." };
        yield return Make("backup", "Copies all that is stored into one file, while the bot runs or not.", backup, force, (file, parsed, cancel) => Backup(file!, parsed.GetValue(force), Settings(parsed), cancel));
        var restore = new Argument<string>("FILE") { Description = "A backup." };
        yield return Make("restore", "Puts a backup in the data file's place. The bot has to be stopped; the present data file is kept beside.", restore, null, (file, parsed, cancel) => Restore(file!, Settings(parsed), cancel));
        var export = new Argument<string?>("FILE") { Description = "Where it goes; without it, or with -, to stdout.", Arity = ArgumentArity.ZeroOrOne };
        yield return Make("export", "Writes all that is stored as JSON Lines, while the bot runs or not: to look at, or to move to another database.", export, force, (file, parsed, cancel) => Export(file ?? Standard, parsed.GetValue(force), Settings(parsed), cancel));
        var import = new Argument<string>("FILE") { Description = "An export; - reads stdin." };
        yield return Make("import", "Fills a store that has nothing in it yet from an export: all of it or nothing.", import, null, (file, parsed, cancel) => Import(file!, Settings(parsed), cancel));

        ProgramSettings Settings(ParseResult parsed) => ProgramSettings.Load([.. settings, .. parsed.UnmatchedTokens]).Settings;

        Command Make<T>(string name, string summary, Argument<T> file, Option? option, Func<T?, ParseResult, CancellationToken, Task> run)
        {
            var command = new Command(name, summary) { TreatUnmatchedTokensAsErrors = false, Arguments = { file } };
            file.Validators.Add(given =>
            {
                if (given.Tokens is [{ Value: ['-', '-', ..] and var word }, ..])
                {
                    given.AddError($"\"{word}\" is not a file's name; put settings behind it.");
                }
            });
            if (option is not null)
            {
                command.Options.Add(option);
            }

            command.SetAction((parsed, cancel) => guarded(() => run(parsed.GetValue(file), parsed, cancel)));
            return command;
        }
    }

    private static void Tell(string how) => Console.Error.WriteLine(how);

    /// <summary>The data file that the settings name, for what only a data file knows.</summary>
    private static string DataFile(ProgramSettings settings, string what, string instead) => settings.Storage is StorageSettings.LiteDb file
        ? file.File
        : throw new StoreException($"{what} is for the embedded data file, and the settings name {settings.Storage.Words}: {instead}; or use export and import");

    private static async Task Backup(string file, bool force, ProgramSettings settings, CancellationToken cancel)
    {
        var made = await new ControlClient(DataFile(settings, "backup", "pg_dump makes one"), Time, Tell).Backup(Path.GetFullPath(file), force, cancel);
        Console.WriteLine($"Backup made: {made}.");
    }

    private static async Task Restore(string file, ProgramSettings settings, CancellationToken cancel)
    {
        var data = DataFile(settings, "restore", "pg_restore does it");
        var (documents, kept) = await Task.Run(() => new Restore(data, Time, _ => { }).From(Path.GetFullPath(file), new Pace(Time, Tell), cancel), cancel);
        Console.WriteLine($"Restored: {data} has {documents:N0} documents now.{(kept is null ? "" : $" What was there before is kept as {kept}.")} Start the bot.");
    }

    private static async Task Export(string file, bool force, ProgramSettings settings, CancellationToken cancel)
    {
        var pace = new Pace(Time, Tell);
        var rows = StorageRegistration.Archive(settings.Storage, Program.Collections(settings), Time).Read(cancel);
        if (file == Standard)
        {
            await using var output = new BufferedStream(Console.OpenStandardOutput());
            await new ExportWriter(output).Write(rows, Time.GetUtcNow(), Wrote, cancel);
            return;
        }

        var path = Path.GetFullPath(file);
        using var next = new NewFile(path, force);
        await using (var output = new BufferedStream(new DataStream(next.File), 1 << 16))
        {
            var documents = await new ExportWriter(output).Write(rows, Time.GetUtcNow(), Wrote, cancel);
            await output.FlushAsync(cancel);
            next.Place();
            Console.WriteLine($"Exported: {path}: {documents:N0} documents, {next.File.Length:N0} bytes, {pace.Took.TotalSeconds:0.0} seconds.");
        }

        void Wrote(long documents) => pace.Tell(() => $"exported {documents:N0} documents");
    }

    private static async Task Import(string file, ProgramSettings settings, CancellationToken cancel)
    {
        var pace = new Pace(Time, Tell);
        var collections = Program.Collections(settings);
        await using var input = file == Standard ? Console.OpenStandardInput() : Open(Path.GetFullPath(file));
        var rows = Watched(new ExportReader(input, collections).Rows(cancel), pace);
        var documents = await StorageRegistration.Archive(settings.Storage, collections, Time).Fill(rows, cancel);
        Console.WriteLine($"Imported: {documents:N0} documents, {pace.Took.TotalSeconds:0.0} seconds. Start the bot.");
    }

    private static async IAsyncEnumerable<StoredRow> Watched(IAsyncEnumerable<StoredRow> rows, Pace pace)
    {
        var count = 0L;
        await foreach (var row in rows)
        {
            count++;
            pace.Tell(() => $"read {count:N0} lines");
            yield return row;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
