using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Dialogs that come back, and the options of their selects. Slack takes no late answer here, so they read our own store only; what takes longer is shown in the dialog.</summary>
internal sealed class SlackForms(CommandRouter router, SlackCommands commands, SlackAnswers answers, PeopleDirectory people, ISlackApi slack)
{
    private const int MostOptions = 100;

    public static bool IsOurs(SlackRequest request) => FormViews.Read(request.Payload.At("view")) is not null;

    public Task<SlackReply> Submit(SlackRequest request, SlackHandling handling)
    {
        if (FormViews.Read(request.Payload.At("view")) is not var (form, channel))
        {
            return Task.FromResult(SlackReply.Empty);
        }

        var waiting = new ViewReply("update") { View = FormViews.Saying(form.Title, SlackAnswers.Words("This takes a moment …").Blocks) };
        var user = request.Text("user", "id") ?? "";
        return handling.InTime(
            async cancel =>
            {
                var speaker = await commands.Speaker(user, request.Text("user", "username") ?? request.Text("user", "name"), channel, null, cancel);
                return await router.Submit(speaker, form, FormViews.Values(request.Payload.At("view")), cancel)
                    ?? Answer.Refuse(Markup.Of($"What this form was for is no longer there."));
            },
            answer => Reply(answer, user, channel, handling),
            async (answer, cancel) => await slack.UpdateView(request.Text("view", "id") ?? "", null, FormViews.Saying(form.Title, await Words(answer, cancel)), cancel),
            SlackReply.Of(waiting),
            isMistake: answer => answer.Errors.Count > 0);
    }

    /// <summary>What a select that asks us offers: people, by the beginning of their names.</summary>
    public async Task<SlackReply> Suggest(SlackRequest request, SlackDeadline deadline, CancellationToken cancel)
    {
        var typed = (request.Text("value") ?? "").Trim();
        var found = (await Everybody(deadline, cancel))
            .Where(person => person.Name.Split(' ').Append(person.Id).Append(person.Name).Any(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .Select(person => FormViews.OptionOf(new Choice(person.Id, person.Name)))
            .OfType<Option>()
            .Take(MostOptions);
        return SlackReply.Of(new OptionsReply([.. found]));
    }

    /// <summary>All our people; nobody when the store takes too long to say: Slack asks again at the next letter.</summary>
    private async Task<IReadOnlyList<Person>> Everybody(SlackDeadline deadline, CancellationToken cancel)
    {
        try
        {
            return await deadline.Wait(people.All(cancel).AsTask());
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    /// <summary>Errors stand at their fields; everything else closes the dialog and is told beside it.</summary>
    private SlackReply Reply(Answer answer, string user, string? channel, SlackHandling handling)
    {
        if (answer.Errors.Count > 0)
        {
            return SlackReply.Of(new ViewReply("errors") { Errors = answer.Errors });
        }

        handling.Work.Go(handling.Id, async cancel =>
        {
            if (await answers.Message(answer, cancel) is { } message)
            {
                await answers.Tell(user, channel, message, cancel);
            }
        });
        return SlackReply.Empty;
    }

    private async Task<IReadOnlyList<Block>> Words(Answer answer, CancellationToken cancel) => (await answers.Message(answer, cancel) ?? SlackAnswers.Words("Done.")).Blocks;
}
