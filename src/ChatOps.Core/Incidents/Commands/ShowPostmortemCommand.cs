using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ShowPostmortemCommand(PostmortemService postmortems) : ICommand
{
    public CommandHelp Help { get; } = new("postmortem show", "A post-mortem's text, in Markdown", Role.Everyone)
    {
        Reads = true,
        Arguments = [PostmortemWords.Which],
        Example = "/postmortem show P-3",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => PostmortemWords.With(call, async id =>
        await postmortems.Find(id, cancel) is { } postmortem
            ? Answer.Show(new Card($"{id}: {postmortem.Title}", postmortem.PublishedAt is null ? CardState.Open : CardState.Closed)
            {
                Text = Markup.Plain(postmortem.Text),
                Context = Markup.Of($"{postmortem.Incident} · begun by {postmortem.Author}{(postmortem.PublishedAt is null ? "" : $", published by {postmortem.PublishedBy}")} · `/postmortem edit {id}`"),
            })
            : Answer.Refuse(Markup.Of($"There is no post-mortem {id}. `/postmortem list` shows those there are.")));
}
