using System.Collections.Concurrent;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// The one way in for what Slack says, by request URL or socket. What may change something is stored under its id before Slack hears that we have it, and handled once;
/// what only reads is answered once from memory. Whatever takes longer than two seconds goes on behind an empty answer.
/// </summary>
internal sealed partial class SlackDispatcher(
    SlackInbox inbox, SlackWork work, SlackCommands commands, SlackClicks clicks, SlackForms forms, SlackShortcuts shortcuts, SlackEvents events, TimeProvider clock, ILogger<SlackDispatcher> log)
{
    /// <summary>Slack waits three seconds; the way there and back takes some of them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Duration Remembered = Duration.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Lazy<Task<SlackReply>> Reply, Instant At)> _recent = new();

    /// <summary>What Slack hears at once. It never throws for what Slack may send.</summary>
    public Task<SlackReply> Handle(SlackRequest request, CancellationToken cancel)
    {
        if (IdOf(request) is not { } id)
        {
            return request.Kind == SlackKind.Suggestion ? forms.Suggest(request, cancel) : Task.FromResult(SlackReply.Empty);
        }

        // The same thing twice at once, on two connections: the second waits for the first and hears the same.
        Sweep();
        return _recent.GetOrAdd(id, _ => (new Lazy<Task<SlackReply>>(() => Once(id, request)), clock.Now())).Reply.Value;
    }

    /// <summary>Takes up again what a process left behind that died: what it has done is not done again.</summary>
    public async Task Resume(string id, SlackRequest request, CancellationToken cancel)
    {
        LogResumed(id, request.Kind);
        if (!await inbox.WasDone(id, cancel))
        {
            await Run(id, request, durable: true);
        }
        else
        {
            await inbox.Finish(id, cancel);
        }
    }

    /// <summary>Slack's own name for the thing; null where there is nothing that could come twice.</summary>
    internal static string? IdOf(SlackRequest request) => request.Kind switch
    {
        SlackKind.Event => request.Text("event_id") is { } id ? $"event/{id}" : null,
        SlackKind.Command or SlackKind.Click or SlackKind.Shortcut => request.Text("trigger_id") is { } trigger ? $"trigger/{trigger}" : null,
        SlackKind.Submission => request.Text("view", "id") is { } view ? $"view/{view}/{request.Text("view", "hash")}" : null,
        _ => null,
    };

    private async Task<SlackReply> Once(string id, SlackRequest request)
    {
        try
        {
            var durable = Changes(request);
            if (durable && !await inbox.Take(id, request, work.Stopping))
            {
                return SlackReply.Empty;
            }

            return await Run(id, request, durable);
        }
        catch (StoreException fault)
        {
            // Not stored: Slack must not believe that we have it. It tries again, or tells the user.
            _recent.TryRemove(id, out _);
            LogNotStored(fault, id);
            throw;
        }
    }

    private Task<SlackReply> Run(string id, SlackRequest request, bool durable)
    {
        var handling = new SlackHandling(id, durable ? () => inbox.Finish(id, work.Stopping) : null, work, clock);
        return request.Kind switch
        {
            SlackKind.Command => commands.Handle(request, handling),
            SlackKind.Click => clicks.Handle(request, handling),
            SlackKind.Submission => forms.Submit(request, handling),
            SlackKind.Shortcut => shortcuts.Handle(request, handling),
            _ => events.Handle(request, handling),
        };
    }

    private bool Changes(SlackRequest request) => request.Kind switch
    {
        SlackKind.Command => commands.Changes(request),
        SlackKind.Click => clicks.Changes(request),
        SlackKind.Shortcut => false,
        SlackKind.Event => events.Changes(request),
        _ => true,
    };

    private void Sweep()
    {
        if (_recent.Count < 1_000)
        {
            return;
        }

        var old = clock.Now() - Remembered;
        foreach (var (id, recent) in _recent)
        {
            if (recent.At < old)
            {
                _recent.TryRemove(id, out _);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Delivery} ({Kind}) was left behind and is taken up again")]
    private partial void LogResumed(string delivery, SlackKind kind);

    [LoggerMessage(LogLevel.Error, "{Delivery} could not be stored; Slack is not told that we have it")]
    private partial void LogNotStored(Exception fault, string delivery);
}
