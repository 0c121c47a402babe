using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Finds what we have posted by its token, in a channel or a thread. Slack lets us read so many pages a minute; whoever is told to wait goes on where they were, because what is
/// looked for was posted before the search began and does not move.
/// </summary>
internal sealed class SlackSearch(ISlackApi slack)
{
    // What people write while we are away for a weekend.
    private const int Searched = 5_000;

    // Slack's clock and ours are not the same.
    private static readonly Duration Margin = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string? Cursor, int Read)> _places = new();

    /// <exception cref="SlackException">It is not known yet: the next try goes on from here.</exception>
    public async Task<Delivered> Find(string channel, OutgoingMessage message, CancellationToken cancel)
    {
        var (oldest, thread) = ($"{(message.IntendedAt - Margin).ToUnixTimeSeconds()}.000000", message.Thread is { } root ? SlackPlatform.TsOf(root) : null);
        var (cursor, read) = _places.GetValueOrDefault(message.Token);
        Delivered? outcome = null;
        try
        {
            while (outcome is null)
            {
                var (some, next) = await slack.History(channel, thread, oldest, cursor, cancel);
                (cursor, read) = (next, read + some.Count);
                outcome = some.FirstOrDefault(posted => posted.Token == message.Token) is { } there ? new Delivered.Sent($"{channel}/{there.Ts}")
                    : next is null || read >= Searched ? new Delivered.NotThere()
                    : null;
                _places[message.Token] = (cursor, read);
            }
        }
        catch (SlackException gone) when (gone.Error == "thread_not_found")
        {
            outcome = new Delivered.NotThere();
        }
        catch (SlackException refused) when (refused.Fault == SlackFault.Refused)
        {
            // Perhaps the place itself: from the beginning the next time.
            _places.TryRemove(message.Token, out _);
            throw;
        }

        _places.TryRemove(message.Token, out _);
        return outcome;
    }
}
