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
            return Known(name) ?? (clock.Now() - _listed < Believed ? null : await List(name, cancel));
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

    /// <summary>Something about channels has changed: names are asked for anew.</summary>
    public void Forget()
    {
        _ids.Clear();
        _names.Clear();
        _listed = Instant.MinValue;
    }

    public void Know(SlackChannel channel)
    {
        if (channel.Name is { } name)
        {
            (_ids[name], _names[channel.Id]) = (channel.Id, name);
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Lists until the name comes. In a workspace of very many channels that may take longer than Slack lets us ask: the next who asks goes on there.</summary>
    private async Task<string?> List(string name, CancellationToken cancel)
    {
        do
        {
            var (some, next) = await slack.Channels(_cursor, cancel);
            foreach (var channel in some)
            {
                Know(channel);
            }

            _cursor = next;
        }
        while (_cursor is not null && !_ids.ContainsKey(name));

        if (_cursor is null)
        {
            _listed = clock.Now();
        }

        return _ids.GetValueOrDefault(name);
    }

    private static bool LooksLikeId(string name) => name.Length >= 9 && name[0] is 'C' or 'G' or 'D' && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
