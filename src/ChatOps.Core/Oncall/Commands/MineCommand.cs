using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class MineCommand(OncallService oncall, TimeProvider clock) : ICommand
{
    private const int Shown = 5;

    public CommandHelp Help { get; } = new("oncall mine", "Your next shifts in all rotations", Role.Everyone) { Reads = true, Example = "/oncall mine" };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var now = clock.Now();
        var shifts = (await oncall.All(cancel))
            .SelectMany(rotation => OncallResolver.Upcoming(rotation, call.By.Person.Id, now, Shown).Select(shift => (Rotation: rotation, Shift: shift)))
            .OrderBy(mine => mine.Shift.Start)
            .ThenBy(mine => mine.Rotation.Id, StringComparer.Ordinal)
            .ToList();
        return shifts.Count == 0
            ? Answer.Say(Markup.Of($"No shift is planned for you. `/oncall join` signs you up."))
            : Answer.Show(new Card(shifts.Count == 1 ? "Your next shift" : $"Your next {shifts.Count} shifts", CardState.Info)
            {
                Text = Markup.Lines(shifts.Select(mine => Line(mine.Rotation, mine.Shift))),
            });

        Markup Line(Rotation rotation, Shift shift)
        {
            var zone = call.Zone(rotation.Zone);
            var start = shift.Start <= now ? "now" : RotationWords.Say(shift.Start, rotation, zone, now);
            return Markup.Of($"**{rotation.Name}** {start}{(shift.End is { } end ? $" until {RotationWords.Say(end, rotation, zone, now)}" : "")}");
        }
    }
}
