using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class EditPostmortemCommand(PostmortemService postmortems) : ICommand
{
    private const string Field = "text";

    public CommandHelp Help { get; } = new("postmortem edit", "Write on a post-mortem, in a form", Role.Responder)
    {
        Arguments = [PostmortemWords.Which],
        Example = "/postmortem edit P-3",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => PostmortemWords.With(call, async id =>
    {
        if (call.Form.GetValueOrDefault(Field) is { } text)
        {
            return text.Length > Postmortem.LongestText
                ? Answer.Wrong(Field, $"At most {Postmortem.LongestText} characters; these are {text.Length}.")
                : PostmortemWords.Tell(await postmortems.Edit(id, text, call.OpenedOn, cancel), postmortem => Markup.Of($"{postmortem.Id} is stored."));
        }

        return await postmortems.Find(id, cancel) is { } found
            ? Answer.Open(new Form(Help.Words, id, found.Version, $"Post-mortem {id}", [new(Field, "Markdown", FieldKind.Multiline, Required: true) { Value = found.Text, Hint = found.Title }], "Store"))
            : Answer.Refuse(Markup.Of($"There is no post-mortem {id}. `/postmortem list` shows those there are."));
    });
}
