using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// The one way in for what Slack says, by request URL or socket. What may change something is stored under its id before Slack hears that we have it, and handled once;
/// what only reads is answered once from memory. Whatever takes longer than two seconds goes on behind an empty answer.
/// </summary>
internal sealed partial class SlackDispatcher(
    SlackInbox inbox, SlackWork work, SlackRecent recent, SlackCommands commands, SlackClicks clicks, SlackForms forms, SlackShortcuts shortcuts, SlackEvents events, TimeProvider clock, ILogger<SlackDispatcher> log)
{
    /// <summary>What Slack hears at once. It never throws for what Slack may send.</summary>
    public Task<SlackReply> Handle(SlackRequest request, CancellationToken cancel)
    {
        var deadline = SlackDeadline.From(clock);
        if (IdOf(request) is not { } id)
        {
            return request.Kind switch
            {
                SlackKind.Suggestion => forms.Suggest(request, deadline, cancel),
                SlackKind.RateLimited => Task.FromResult(events.Limited(request)),
                _ => Task.FromResult(SlackReply.Empty),
            };
        }

        return recent.Once(id, () => Once(id, request, deadline));
    }

    /// <summary>Takes up again what a process left behind that died: what it has done is not done again, only told.</summary>
    public async Task Resume(string id, SlackRequest request, CancellationToken cancel)
    {
        LogResumed(id, request.Kind);
        if (await inbox.WasDone(id, cancel))
        {
            new SlackHandling(id, () => inbox.Finish(id, work.Stopping), work, SlackDeadline.From(clock)).Behind(stop => commands.TellDone(request, stop));
        }
        else
        {
            await Run(id, request, SlackDeadline.From(clock), durable: true, isResumed: true);
        }
    }

    /// <summary>Slack's own name for the thing; null where there is nothing that could come twice.</summary>
    internal static string? IdOf(SlackRequest request) => request.Kind switch
    {
        SlackKind.Event => request.Text("event_id") is { } id ? $"event/{id}" : null,
        SlackKind.Command or SlackKind.Click or SlackKind.Shortcut => request.Text("trigger_id") is { } trigger ? $"trigger/{trigger}" : null,
        // Sent again because we did not answer, a dialog has another trigger, but says the same.
        SlackKind.Submission => request.Text("view", "id") is { } view ? $"view/{view}/{HashOf(request.Payload.At("view", "state"))}" : null,
        _ => null,
    };

    private async Task<SlackReply> Once(string id, SlackRequest request, SlackDeadline deadline)
    {
        try
        {
            var durable = Changes(request);
            if (durable && !await inbox.Take(id, request, work.Stopping))
            {
                return SlackReply.Empty;
            }

            return await Run(id, request, deadline, durable);
        }
        catch (StoreException fault)
        {
            // Not stored: Slack must not believe that we have it. It tries again, or tells the user.
            recent.Forget(id);
            LogNotStored(fault, id);
            throw;
        }
    }

    private Task<SlackReply> Run(string id, SlackRequest request, SlackDeadline deadline, bool durable, bool isResumed = false)
    {
        var handling = new SlackHandling(id, durable ? () => inbox.Finish(id, work.Stopping) : null, work, deadline) { IsResumed = isResumed, Undone = durable ? () => Undo(id) : null };
        return request.Kind switch
        {
            SlackKind.Command => commands.Handle(request, handling),
            SlackKind.Click => clicks.Handle(request, handling),
            SlackKind.Submission => forms.Submit(request, handling),
            SlackKind.Shortcut => shortcuts.Handle(request, handling),
            _ => events.Handle(request, handling),
        };
    }

    private async Task Undo(string id)
    {
        await inbox.Undo(id, work.Stopping);
        recent.Forget(id);
    }

    private bool Changes(SlackRequest request) => request.Kind switch
    {
        SlackKind.Command => commands.Changes(request),
        SlackKind.Click => clicks.Changes(request),
        SlackKind.Shortcut => false,
        SlackKind.Event => events.Changes(request),
        _ => SlackForms.IsOurs(request),
    };

    private static string HashOf(JsonElement values) =>
        values.ValueKind == JsonValueKind.Undefined ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values.GetRawText())).AsSpan(0, 16));

    [LoggerMessage(LogLevel.Warning, "{Delivery} ({Kind}) was left behind and is taken up again")]
    private partial void LogResumed(string delivery, SlackKind kind);

    [LoggerMessage(LogLevel.Error, "{Delivery} could not be stored; Slack is not told that we have it")]
    private partial void LogNotStored(Exception fault, string delivery);
}
