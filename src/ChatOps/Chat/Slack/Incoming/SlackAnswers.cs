using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Brings what a command answers to whoever asked: in the reply, over the response_url, as a dialog, or into their channel where only they see it.</summary>
internal sealed class SlackAnswers(ISlackApi slack, SlackPeople people, TimeProvider clock)
{
    // Slack's: blocks in a message.
    private const int MostBlocks = 50;

    // Somebody who asks much gets one answer a second; whom Slack lets wait for longer than all of these has gone to bed.
    private const int MostTurns = 10;

    /// <summary>The cards of an answer as one message; null when it has none.</summary>
    public async Task<ResponseMessage?> Message(Answer answer, CancellationToken cancel)
    {
        if (answer.Replies.Count == 0)
        {
            return answer.Errors.Count == 0 ? null : Words(string.Join("\n", answer.Errors.Values));
        }

        var users = await people.Mentioned(answer.Replies, cancel);
        var drawing = new CardBlocks(users.GetValueOrDefault);
        var blocks = answer.Replies.SelectMany(drawing.Of).ToList();
        return new ResponseMessage(
            drawing.TextOf(answer.Replies[0]),
            blocks.Count <= MostBlocks ? blocks : [.. blocks.Take(MostBlocks - 1), new ContextBlock([new PlainWords("There is more than fits here.")])]);
    }

    public static ResponseMessage Words(string text) => new(CardBlocks.Escape(text), [new RichTextBlock([new RichTextSection([new RichWords(text)])])]);

    /// <summary>Opens the form that was asked for; a sentence when Slack does not let us.</summary>
    public async Task<ResponseMessage?> Open(Form form, string trigger, string? channel, bool onTop, CancellationToken cancel)
    {
        if (FormViews.Of(form, channel) is not { } view)
        {
            return Words($"There is more in this form than a window of Slack's can carry. Use /{form.Command} with fewer words.");
        }

        try
        {
            await (onTop ? slack.PushView(trigger, view, cancel) : slack.OpenView(trigger, view, cancel));
            return null;
        }
        catch (SlackException late) when (late.Error is "expired_trigger_id" or "invalid_trigger_id" or "trigger_expired" or "exchanged_trigger_id")
        {
            return Words("The form took too long to open. Ask for it again.");
        }
        catch (SlackException fault)
        {
            return Words($"The form cannot be opened: {fault.Message}.");
        }
    }

    /// <summary>
    /// Tells somebody what their command or click came to, behind the reply: over the response_url, and when that has been used up, has expired or does not answer, as anything else is told. Twice is
    /// better than never.
    /// </summary>
    public async Task Follow(Uri? responseUrl, string user, string? channel, ResponseMessage message, CancellationToken cancel)
    {
        if (responseUrl is not null)
        {
            try
            {
                await slack.Respond(responseUrl, message, cancel);
                return;
            }
            catch (SlackException) when (!cancel.IsCancellationRequested)
            {
                // SlackException counts itself.
            }
        }

        await Tell(user, channel, message, cancel);
    }

    /// <summary>Tells somebody something after a dialog is gone: in the channel that it came from, where only they see it, or else directly.</summary>
    public async Task Tell(string user, string? channel, ResponseMessage message, CancellationToken cancel)
    {
        if (channel is not null)
        {
            try
            {
                await Whisper(user, channel, null, message, cancel);
                return;
            }
            catch (SlackException outside) when (outside.Fault == SlackFault.Refused)
            {
                // The bot or the person is not in that channel: then directly.
            }
        }

        await Say(await slack.OpenDirect(user, cancel), null, message, cancel);
    }

    /// <summary>An answer that everybody in a channel sees; with us alone, it is the channel that one has with us.</summary>
    public Task Say(string channel, string? thread, ResponseMessage message, CancellationToken cancel) =>
        InTurn(() => slack.PostMessage(new NewMessage(channel, message.Text, message.Blocks) { ThreadTs = thread }, cancel), cancel);

    /// <summary>An answer in a channel that only who asked sees.</summary>
    public Task Whisper(string user, string channel, string? thread, ResponseMessage message, CancellationToken cancel) =>
        InTurn(() => slack.PostEphemeral(new EphemeralMessage(channel, user, message.Text, message.Blocks) { ThreadTs = thread }, cancel), cancel);

    /// <summary>Waits for its turn: two questions within a second have two answers.</summary>
    private async Task InTurn(Func<Task> post, CancellationToken cancel)
    {
        for (var turn = 1; ; turn++)
        {
            try
            {
                await post();
                return;
            }
            catch (SlackException busy) when (busy is { Fault: SlackFault.Busy, RetryAfter: { } after } && turn < MostTurns)
            {
                await Task.Delay(after.ToTimeSpan(), clock, cancel);
            }
        }
    }
}
