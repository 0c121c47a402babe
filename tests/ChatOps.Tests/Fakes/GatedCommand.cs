using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Tests.Fakes;

/// <summary>A command that takes as long as the scenario wants: <c>/oncall gated</c>, the action <c>gated</c>, and its form.</summary>
internal sealed class GatedCommand : ICommand
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public CommandHelp Help { get; } = new("oncall gated", "Waits", Role.Everyone)
    {
        Arguments = [new("what", "what is said") { Rest = true }],
        Example = "/oncall gated",
        ActionId = "gated",
    };

    /// <summary>How often it was begun.</summary>
    public int Runs => _runs;

    /// <summary>Lets those that wait go on, and all that come later.</summary>
    public void Open() => _open.TrySetResult();

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        Interlocked.Increment(ref _runs);
        if (call["what"] is "form")
        {
            return Answer.Open(new Form(Help.Words, "", 0, "A title that is far too long for a window", [new("who", "Who", FieldKind.Person), new("why", "Why", FieldKind.Multiline)], "Send"));
        }

        await _open.Task.WaitAsync(cancel);
        return call.Form.GetValueOrDefault("why") switch
        {
            "wrong" => Answer.Wrong("why", "Not that."),
            "again" => Answer.Show(new Card("Done", CardState.Info) { Buttons = [new Button("gated", "Again", "form")] }),
            _ => Answer.Say(Markup.Of($"Done for {call.By.Person.Name}.")),
        };
    }
}
