using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;

namespace ChatOps.Core.Oncall.Commands;

/// <summary>The new holder confirms the checklist, by the button of the handover's card or in words.</summary>
internal sealed class ReadyCommand(OncallService oncall, HandoverService handovers) : ICommand
{
    public const string Action = "ready";

    public CommandHelp Help { get; } = new("oncall ready", "Say that you have what being on call takes, after a handover to you", Role.Everyone)
    {
        Arguments = [RotationWords.Which],
        Example = "/oncall ready",
        ActionId = Action,
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        // A button carries the handover that it stands on, which may be an old one.
        if (call[RotationWords.Name] is { } id && id.StartsWith(Handover.Prefix, StringComparison.Ordinal))
        {
            return await Confirm(id, call, cancel);
        }

        return call[RotationWords.Name] is null && await Waiting(call.By.Person.Id, cancel) is { } mine
            ? await Confirm(mine.Id, call, cancel)
            : await RotationWords.With(
                oncall,
                call,
                async rotation => await handovers.Present(rotation, cancel) is { } present
                    ? await Confirm(present.Id, call, cancel)
                    : Answer.Refuse(Markup.Of($"There was no handover of {rotation.Name} that you could be ready for.")),
                cancel);
    }

    private async Task<Handover?> Waiting(string person, CancellationToken cancel)
    {
        foreach (var rotation in await oncall.All(cancel))
        {
            if (await handovers.Present(rotation, cancel) is { Ready: null } present && present.To.Contains(person))
            {
                return present;
            }
        }

        return null;
    }

    private async Task<Answer> Confirm(string id, Invocation call, CancellationToken cancel) => await handovers.Confirm(id, call.By.Person, call.Actor, cancel) switch
    {
        Decision<Handover>.Changed { Next: var next } => Answer.Say(next.To.Contains(call.By.Person.Id)
            ? Markup.Of($"Thank you: you have {next.Rotation}.")
            : Markup.Of($"Noted: {next.Holders} is ready for {next.Rotation}.")),
        Decision<Handover>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };
}
