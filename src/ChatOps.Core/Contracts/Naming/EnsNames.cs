using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Decisions;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Contracts.Naming;

/// <summary>
/// What the addresses on a card are called in the Ethereum Name Service. Anybody may give their address any name, so only one that leads back to the address counts. Nothing waits
/// for it: the card is told first, and drawn anew when the names are there.
/// </summary>
internal sealed partial class EnsNames(IEnumerable<IChainClient> chains, Decider decider, TimeProvider clock, ILogger<EnsNames> log)
{
    private const int MostKnown = 4_000;
    private const int MostOnCard = 8;
    private const int LongestName = 60;
    private const int LongestAsked = 255;

    private static readonly Duration Fresh = Duration.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The same on every chain that has it.
    private static readonly Address Registry = Address.Parse("0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e");

    private readonly ConcurrentDictionary<(string Chain, Address Address), (string? Name, Instant At)> _known = new();
    private readonly ConcurrentDictionary<string, Instant> _without = new();

    /// <summary>Looks for the names of what stands on a transaction's card, beside what goes on.</summary>
    public void Look(WatchedTransaction transaction)
    {
        if (transaction is { Told: Telling.Card, RetractedAt: null } && chains.FirstOrDefault(client => client.Chain == transaction.Seen.Chain) is { } client
            && !(_without.TryGetValue(client.Chain, out var since) && clock.Now() - since < Fresh))
        {
            _ = Task.Run(() => Name(transaction, client));
        }
    }

    private async Task Name(WatchedTransaction transaction, IChainClient client)
    {
        try
        {
            using var late = new CancellationTokenSource(Patience, clock);
            var shown = transaction.Words.Append(transaction.Sender).SelectMany(line => Shown().Matches(line)).Select(found => Address.TryParse(found.Value, out var address) ? address : Address.Zero)
                .Where(address => !address.IsZero).Distinct().Take(MostOnCard).ToList();
            await Ask(client, [.. shown.Where(address => !(_known.TryGetValue((client.Chain, address), out var known) && clock.Now() - known.At < Fresh))], transaction.Seen.Block.Hash, late.Token);
            var names = shown.Select(address => (Address: address, _known.GetValueOrDefault((client.Chain, address)).Name)).Where(each => each.Name is not null).ToDictionary(each => $"{each.Address}", each => each.Name!);
            if (names.Count > 0)
            {
                await decider.Change<WatchedTransaction>(transaction.Id, current => new Decision<WatchedTransaction>.Changed(current with { Names = names }), Markup.Empty, late.Token);
            }
        }
        catch (Exception fault)
        {
            // A card without names is as good as before.
            LogNotNamed(fault, transaction.Id);
        }
    }

    /// <summary>Address → name → address, each step one batch.</summary>
    private async Task Ask(IChainClient client, List<Address> addresses, Word block, CancellationToken cancel)
    {
        if (addresses.Count == 0)
        {
            return;
        }

        var reverse = addresses.ToDictionary(address => address, NameHash.OfReverse);
        var resolvers = await client.Calls([.. addresses.Select(address => (Registry, Input("resolver(bytes32)", reverse[address])))], block, cancel);
        if (resolvers.All(answer => answer is null))
        {
            _without[client.Chain] = clock.Now();
            return;
        }

        var named = addresses.Zip(resolvers.Select(Account)).Where(each => each.Second is not null).Select(each => (Address: each.First, Resolver: each.Second!.Value)).ToList();
        var said = await Calls([.. named.Select(each => (each.Resolver, Input("name(bytes32)", reverse[each.Address])))]);
        var claims = named.Zip(said.Select(Text)).Where(each => each.Second is not null).Select(each => (each.First.Address, Name: each.Second!, Node: NameHash.Of(each.Second!))).ToList();
        var back = (await Calls([.. claims.Select(claim => (Registry, Input("resolver(bytes32)", claim.Node)))])).Select(Account).ToList();
        var known = claims.Zip(back).Where(each => each.Second is not null).ToList();
        var owners = await Calls([.. known.Select(each => (each.Second!.Value, Input("addr(bytes32)", each.First.Node)))]);
        var proved = known.Zip(owners).Where(each => Account(each.Second) == each.First.First.Address).ToDictionary(each => each.First.First.Address, each => OnCard(each.First.First.Name));
        if (_known.Count + addresses.Count > MostKnown)
        {
            _known.Clear();
        }

        addresses.ForEach(address => _known[(client.Chain, address)] = (proved.GetValueOrDefault(address), clock.Now()));

        Task<IReadOnlyList<ReadOnlyMemory<byte>?>> Calls(IReadOnlyList<(Address To, ReadOnlyMemory<byte> Input)> calls) =>
            calls.Count == 0 ? Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>?>>([]) : client.Calls(calls, block, cancel);
    }

    /// <summary>A name as it stands on a card: with its end, where its owner stands; null where something is in it that ends a name, begins another sentence or cannot be seen.</summary>
    internal static string? OnCard(string name) =>
        !name.EnumerateRunes().All(sign => Rune.IsLetterOrDigit(sign) || sign.Value is '.' or '-' or '_') ? null
        : name.Length <= LongestName ? name : "…" + name[^(LongestName - 1)..];

    private static ReadOnlyMemory<byte> Input(string signature, Word node) => (byte[])[.. Keccak.Hash(signature).ToBytes()[..4], .. node.ToBytes()];

    private static Address? Account(ReadOnlyMemory<byte>? answer) => answer is { Length: Word.Length } word && new Word(word.Span).ToAddress() is { IsZero: false } account ? account : null;

    private static string? Text(ReadOnlyMemory<byte>? answer) =>
        answer is { } bytes && Abi.Decode("(string name)", bytes).Arguments is [{ Value: AbiValue.Text { Value: { Length: > 0 and <= LongestAsked } name } }] ? name : null;

    [GeneratedRegex("0x[0-9a-fA-F]{40}(?![0-9a-fA-F])")]
    private static partial Regex Shown();

    [LoggerMessage(LogLevel.Debug, "{Transaction}: the names on its card could not be had")]
    private partial void LogNotNamed(Exception fault, string transaction);
}
