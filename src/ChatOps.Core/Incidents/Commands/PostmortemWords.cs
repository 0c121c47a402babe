using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;

namespace ChatOps.Core.Incidents.Commands;

/// <summary>What the post-mortem commands have in common.</summary>
internal static class PostmortemWords
{
    public const string Name = "postmortem";

    public static Parameter Which { get; } = new(Name, "its id, such as P-3") { Required = true };

    public static async Task<Answer> With(Invocation call, Func<string, Task<Answer>> act) => SubjectId.Read(call[Name] ?? "", Postmortem.Series) is { } id
        ? await act(id)
        : Answer.Refuse(Markup.Of($"\"{call[Name]}\" is not a post-mortem: they are called P-3. `/postmortem list` shows them."));

    public static Answer Tell(Decision<Postmortem> decision, Func<Postmortem, Markup> done) => decision switch
    {
        Decision<Postmortem>.Changed changed => Answer.Say(done(changed.Next)),
        Decision<Postmortem>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };
}
