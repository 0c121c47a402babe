using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;
using ChatOps.Ethereum;
using ChatOps.Ethereum.Parsing;
using ChatOps.Settings;
using ChatOps.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using NodaTime;

namespace ChatOps.Cli;

/// <summary>Where a stretch of a chain begins or ends.</summary>
/// <param name="Number">A block; null: by the time.</param>
/// <param name="At">An instant.</param>
internal sealed record BlockMark(long? Number, Instant? At);

/// <summary>
/// Judges what a chain holds between two blocks. It has a store of its own, which is thrown away, so a bot may run meanwhile; what was added in chat comes from that bot's
/// store by way of a copy.
/// </summary>
/// <param name="name">The chain's name in the settings.</param>
/// <param name="args">Settings of the command line.</param>
internal sealed class ChainReplay(string name, string[] args)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly HashSet<string> MadeInChat = [WatchEntry.Collection.Name, ChatRule.Collection.Name];

    /// <param name="from">The first block, or the first at or after an instant.</param>
    /// <param name="to">The last block, or the last before an instant; null: the newest.</param>
    /// <param name="rule">Asked before all others: a name or words, or null.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Run(BlockMark from, BlockMark? to, string? rule, CancellationToken cancel)
    {
        var settings = ProgramSettings.Load(args).Settings;
        if (settings.Chains.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } chain)
        {
            throw new SettingsException([$"--chain: there is no chain \"{name}\"; {(settings.Chains.Count == 0 ? "none is set" : WatchSettings.Names(settings.Watch.Chains))}."]);
        }

        var folder = Directory.CreateTempSubdirectory("chatops-replay-");
        try
        {
            var file = Path.Combine(folder.FullName, "replay.db");
            await Fill(file, settings, cancel);
            // The bot is put together on a file that is thrown away, and not started: no chat, no timer.
            await using var app = Program.Build([.. args, "--Logging:LogLevel:Default=Error", "--Storage:Provider=LiteDb", $"--Storage:ConnectionString=Filename={file}"]);
            var replay = app.Services.GetRequiredService<Replay>();
            await Read(app.Services.GetRequiredKeyedService<EthereumChain>($"chain/{chain.Name}"), app.Services.GetRequiredService<ITransactionIntake>(), replay, await WatchSubcommand.Rules(replay, rule, cancel), from, to, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Read(EthereumChain chain, ITransactionIntake intake, Replay replay, IReadOnlyList<Rule> rules, BlockMark from, BlockMark? to, CancellationToken cancel)
    {
        await chain.Survey.Look(cancel);
        var head = (await chain.Client.Head(cancel)).Number;
        var first = await Find(chain, from, head, cancel);
        var last = to is null ? head : to.Number is { } number ? Math.Min(number, head) : await Find(chain, to, head, cancel) - 1;
        if (first > last)
        {
            throw new SettingsException([$"--from, --to: there is no block between them; the newest is {head}."]);
        }

        var (pace, done, counts) = (new Pace(Time, Console.Error.WriteLine), 0L, Enum.GetValues<VerdictKind>().ToDictionary(kind => kind, _ => 0));
        await using var pieces = new ChainPieces(chain.Reader, () => intake.Watched(chain.Settings.Name), cancel);
        await foreach (var piece in pieces.Read(first, last, chain.Survey.Settled))
        {
            foreach (var touching in piece.SelectMany(block => block.Touching))
            {
                var line = await replay.Judge(touching, rules, counts.Values.Sum() + 1, cancel);
                counts[line.Now.Verdict.Kind]++;
                Console.WriteLine(line);
            }

            done += piece.Count;
            pace.Tell(() => $"read {done:N0} of {last - first + 1:N0} blocks");
        }

        Console.WriteLine($"Blocks {first} to {last} of {chain.Settings.Name}: {WatchSubcommand.Total(counts)}.");
    }

    /// <summary>The block of a mark: its number, or the first at or after its time. One above the newest where none is.</summary>
    private static async Task<long> Find(EthereumChain chain, BlockMark mark, long head, CancellationToken cancel)
    {
        if (mark.Number is { } number)
        {
            return number;
        }

        var (low, high) = (0L, head + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var block = await chain.Client.Block(Hex.Of(middle), cancel) ?? throw new ChainException($"No endpoint of {chain.Settings.Name} has block {middle}.");
            (low, high) = block.At < mark.At ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>What is watched and which rules there are beside the settings. Where that cannot be had, the settings alone count, and it is said.</summary>
    private static async Task Fill(string file, ProgramSettings settings, CancellationToken cancel)
    {
        if (settings.Storage is StorageSettings.LiteDb { File: var data } && !File.Exists(data))
        {
            return;
        }

        try
        {
            var collections = Program.Collections(settings);
            var rows = StorageRegistration.Archive(settings.Storage, collections, Time).Read(cancel).Where(row => row is StoredRow.Document document && MadeInChat.Contains(document.Collection));
            await new LiteDbArchive(file, collections, Time).Fill(rows, cancel);
        }
        catch (StoreException fault)
        {
            await Console.Error.WriteLineAsync($"What was added in chat is left out: {fault.Message}");
        }
    }
}
