using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class ScheduleCommand(OncallService oncall, TimeProvider clock) : ICommand
{
    private const int Usual = 8;
    private const int Most = 52;
    private const int MostLines = 60;

    public CommandHelp Help { get; } = new("oncall schedule", "The shifts of the weeks to come, in the rotation's zone and in yours", Role.Everyone)
    {
        Reads = true,
        Arguments = [RotationWords.Which],
        Options = [new("--weeks", $"how many, {Usual} unless said, {Most} at most") { Value = "N" }],
        Example = "/oncall schedule core --weeks 4",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        rotation =>
        {
            var weeks = Usual;
            if (call["--weeks"] is { } text && (!int.TryParse(text, out weeks) || weeks is < 1 or > Most))
            {
                return Task.FromResult(Answer.Refuse(Markup.Of($"\"{text}\" is not a number from 1 to {Most}.")));
            }

            var now = clock.Now();
            var zone = call.Zone(rotation.Zone);
            var end = WallClock.ToInstant(now.InZone(rotation.Zone).LocalDateTime.PlusWeeks(weeks), rotation.Zone);
            var lines = Lines(rotation, now, end, at => RotationWords.Say(at, rotation, zone, now)).Take(MostLines + 1).ToList();
            return Task.FromResult(Answer.Show(new Card($"{rotation.Name}: the next {(weeks == 1 ? "week" : $"{weeks} weeks")}", CardState.Info)
            {
                Text = lines.Count == 0 ? Markup.Of($"Nobody is in it. `/oncall join {rotation.Name}` signs you up; whoever is first is on call at once.") : Markup.Lines(lines.Take(MostLines)),
                Context = lines.Count > MostLines ? Markup.Of($"There are more: ask for fewer weeks.") : Markup.Of($"Times in {rotation.Zone.Id}"),
            }));
        },
        cancel);

    /// <summary>A line a shift, and one for each time that nobody is on call, as far as anything is planned.</summary>
    private static IEnumerable<Markup> Lines(Rotation rotation, Instant from, Instant to, Func<Instant, string> say)
    {
        var covered = from;
        foreach (var shift in OncallResolver.Shifts(rotation, from, to))
        {
            if (shift.Start > covered)
            {
                yield return Markup.Of($"{(covered == from ? "now" : say(covered))}: nobody");
            }

            yield return Markup.Of($"{(shift.Start == from ? "now" : say(shift.Start))}: {RotationWords.People(shift.People)}");
            covered = shift.End ?? to;
        }

        if (covered < to && covered > from)
        {
            yield return Markup.Of($"{say(covered)}: nobody");
        }
    }
}
