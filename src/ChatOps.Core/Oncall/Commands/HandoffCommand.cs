using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class HandoffCommand(OncallService oncall) : ICommand
{
    public CommandHelp Help { get; } = new("oncall rotation handoff", "Set when a rotation hands off, in its own zone, from the next handoff on", Role.Admin)
    {
        Arguments = [RotationWords.Which with { Required = true, Summary = "which one, such as core" }, new("day", "the day of the week: monday") { Required = true }, new("time", "the time on the clock there: 09:00") { Required = true }],
        Options = [new("--zone", "the zone of the clock, such as Europe/Berlin; the rotation's own unless said") { Value = "ZONE" }],
        Example = "/oncall rotation handoff core monday 09:00 --zone Europe/Berlin",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        async rotation =>
        {
            if (!RotationSeed.TryReadHandoff($"{call["day"]} {call["time"]}", out var day, out var time))
            {
                return Answer.Refuse(Markup.Of($"\"{call["day"]} {call["time"]}\" is not a day and a time: write it as monday 09:00."));
            }

            var zone = call["--zone"] ?? rotation.Zone.Id;
            return WallClock.FindZone(zone) is not { } known
                ? Answer.Refuse(Markup.Plain(WallClock.UnknownZone(zone)))
                : RotationWords.Tell(await oncall.Change(
                    rotation.Id,
                    call.Actor,
                    $"set the handoff of {rotation.Name} to {day} {time:HH':'mm} {known.Id}",
                    (current, now) => current.SetHandoff(day, time, known.Id, now),
                    cancel));
        },
        cancel);
}
