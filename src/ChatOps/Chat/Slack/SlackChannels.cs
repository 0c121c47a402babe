using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;

namespace ChatOps.Chat.Slack;

/// <summary>Channels by their plain names, and back. Slack lets us list them twenty times a minute at most: the list is kept until a name is not in it.</summary>
internal sealed class SlackChannels(ISlackApi slack) : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _names = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The id of a channel, or null when there is none of that name that we can see. What is an id already stays one.</summary>
    public async Task<string?> IdOf(string name, CancellationToken cancel)
    {
        if (LooksLikeId(name))
        {
            return name;
        }

        if (_ids.TryGetValue(name, out var id))
        {
            return id;
        }

        await _one.WaitAsync(cancel);
        try
        {
            return _ids.TryGetValue(name, out id) ? id : await List(name, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The plain name of a channel that we know, else its id.</summary>
    public string NameOf(string id) => _names.GetValueOrDefault(id, id);

    /// <summary>Something about channels has changed: names are asked for anew.</summary>
    public void Forget()
    {
        _ids.Clear();
        _names.Clear();
    }

    public void Know(SlackChannel channel)
    {
        if (channel.Name is { } name)
        {
            (_ids[name], _names[channel.Id]) = (channel.Id, name);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string?> List(string name, CancellationToken cancel)
    {
        foreach (var channel in await slack.Channels(cancel))
        {
            Know(channel);
        }

        return _ids.GetValueOrDefault(name);
    }

    private static bool LooksLikeId(string name) => name.Length >= 9 && name[0] is 'C' or 'G' or 'D' && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
