using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.People.Commands;

internal sealed class MeCommand(IStore store, Decider decider) : ICommand
{
    private const string Zone = "zone";
    private const string Email = "email";

    public CommandHelp Help { get; } = new("oncall me", "What I know of you: your time zone and e-mail; without options a form shows and changes it", Role.Everyone)
    {
        Options =
        [
            new("--zone", "your time zone, such as Europe/Berlin: times you write are read in it") { Value = "ZONE" },
            new("--email", "where you can be reached") { Value = "EMAIL" },
        ],
        Example = "/oncall me --zone Europe/Berlin",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var person = await store.Find<Person>(call.By.Person.Id, cancel) ?? call.By.Person;
        if (call.Means != Means.Form && !call.Has("--zone") && !call.Has("--email"))
        {
            return Answer.Open(FormFor(person, call.By.PlatformZone));
        }

        if (call.Means == Means.Form && call.OpenedOn != person.Version)
        {
            return Answer.Refuse(Markup.Of($"This changed while the form was open: your zone is now {person.TimeZone ?? "not set"} and your e-mail {person.Email ?? "not set"}. Open it again with `/oncall me`."));
        }

        var zone = (call.Means == Means.Form ? call.Form.GetValueOrDefault(Zone) : call["--zone"])?.Trim();
        var email = (call.Means == Means.Form ? call.Form.GetValueOrDefault(Email) : call["--email"])?.Trim();
        var known = string.IsNullOrEmpty(zone) ? null : WallClock.FindZone(zone);
        if (!string.IsNullOrEmpty(zone) && known is null)
        {
            return Wrong(call, Zone, WallClock.UnknownZone(zone));
        }

        if (!string.IsNullOrEmpty(email) && (email.Length > 200 || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || email.Any(char.IsWhiteSpace)))
        {
            return Wrong(call, Email, $"\"{email}\" is not an e-mail address.");
        }

        var decision = await decider.Change<Person>(
            person.Id,
            current => new Decision<Person>.Changed(call.Means == Means.Form
                ? current with { TimeZone = known?.Id, Email = string.IsNullOrEmpty(email) ? null : email }
                : current with { TimeZone = known?.Id ?? current.TimeZone, Email = email ?? current.Email }),
            Markup.Of($"I do not know you yet."),
            cancel);
        return decision switch
        {
            Decision<Person>.Changed { Next: var next } => Answer.Say(Markup.Of($"Noted, {next.Name}: time zone {next.TimeZone ?? "not set"}, e-mail {next.Email ?? "not set"}.")),
            Decision<Person>.Refused refused => Answer.Refuse(refused.Why),
            _ => Answer.Say(Markup.Of($"Nothing changed.")),
        };
    }

    private Form FormFor(Person person, string? platformZone) => new(Help.Words, "", person.Version, "About you",
    [
        new(Zone, "Time zone", FieldKind.Text) { Value = person.TimeZone ?? platformZone, Hint = "Such as Europe/Berlin. Times that you write are read in it." },
        new(Email, "E-mail", FieldKind.Text) { Value = person.Email },
    ], "Save");

    private static Answer Wrong(Invocation call, string field, string why) => call.Means == Means.Form ? Answer.Wrong(field, why) : Answer.Refuse(Markup.Plain(why));
}
