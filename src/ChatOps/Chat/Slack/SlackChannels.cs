using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>Channels by their plain names, and back. Slack lets us list them twenty times a minute at most: the list is kept until a name is not in it.</summary>
internal sealed class SlackChannels(ISlackApi slack, TimeProvider clock) : IDisposable
{
    // A name that is in no list is not looked for again so soon, whoever asks.
    private static readonly Duration Believed = Duration.FromSeconds(30);

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _names = new();
    private readonly SemaphoreSlim _one = new(1);
    private string? _cursor;
    private int _began;
    private int _changes;
    private Instant _listed = Instant.MinValue;

    /// <summary>The id of a channel, or null when there is none of that name that we can see. What is an id already stays one.</summary>
    public async Task<string?> IdOf(string name, CancellationToken cancel)
    {
        if (Known(name) is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancel);
        try
        {
            return Known(name) ?? (IsFresh(clock.Now()) ? null : await List(name, cancel));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The id, as far as we know it without asking.</summary>
    public string? Known(string name) => LooksLikeId(name) ? name : _ids.GetValueOrDefault(name);

    /// <summary>The plain name of a channel that we know, else its id.</summary>
    public string NameOf(string id) => _names.GetValueOrDefault(id, id);

    /// <summary>There may be a channel now that no list had: the next unknown name is looked for from the beginning. What we know stays.</summary>
    public void LookAnew()
    {
        Interlocked.Increment(ref _changes);
        _listed = Instant.MinValue;
    }

    /// <summary>A channel can no longer be used: another may have its name.</summary>
    public void Forget(string id)
    {
        if (_names.TryRemove(id, out var name))
        {
            _ids.TryRemove(KeyValuePair.Create(name, id));
        }

        LookAnew();
    }

    /// <summary>A channel has this name, and no longer the one that we knew.</summary>
    public void Know(SlackChannel channel)
    {
        if (channel.Name is not { } name)
        {
            return;
        }

        if (_names.TryGetValue(channel.Id, out var before) && !string.Equals(before, name, StringComparison.OrdinalIgnoreCase))
        {
            _ids.TryRemove(KeyValuePair.Create(before, channel.Id));
        }

        (_ids[name], _names[channel.Id]) = (channel.Id, name);
    }

    public void Dispose() => _one.Dispose();

    private bool IsFresh(Instant now) => _listed <= now && now - _listed < Believed;

    /// <summary>
    /// Lists until the name comes. In a workspace of very many channels that may take longer than Slack lets us ask: whoever asks next goes on where this one was told to wait, and
    /// only there; every other list begins at the beginning.
    /// </summary>
    private async Task<string?> List(string name, CancellationToken cancel)
    {
        var changes = Volatile.Read(ref _changes);
        do
        {
            var (some, next) = await Page(changes, cancel);
            foreach (var channel in some)
            {
                Know(channel);
            }

            if (_ids.TryGetValue(name, out var id))
            {
                _cursor = null;
                return id;
            }

            _cursor = next;
        }
        while (_cursor is not null);

        if (changes == Volatile.Read(ref _changes))
        {
            _listed = clock.Now();
        }

        return null;
    }

    private async Task<(IReadOnlyList<SlackChannel> Channels, string? Next)> Page(int changes, CancellationToken cancel)
    {
        if (_began != changes)
        {
            (_began, _cursor) = (changes, null);
        }

        try
        {
            return await slack.Channels(_cursor, cancel);
        }
        catch (SlackException unknown) when (unknown.Fault == SlackFault.Refused && _cursor is not null)
        {
            // Slack does not keep for ever where we were.
            _cursor = null;
            return await slack.Channels(null, cancel);
        }
    }

    private static bool LooksLikeId(string name) => name.Length >= 9 && name[0] is 'C' or 'G' or 'D' && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
