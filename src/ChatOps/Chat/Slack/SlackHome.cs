using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Following;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// A person's home tab: who is on call, their shifts, the open alerts that are theirs. Drawn when they open it, after each press on it, and from then on when any of it changes.
/// </summary>
internal sealed partial class SlackHome(ISlackApi slack, SlackPeople people, OnCallNow now, IEnumerable<ICardSource> cards, IStore store, TimeProvider clock, ILogger<SlackHome> log) : ISlackFollower
{
    // Nobody looks at a tab every second: in a storm of alerts each is drawn so often at most.
    private static readonly Duration BetweenDrawings = Duration.FromSeconds(10);

    // views.publish may be called a hundred times a minute; who has not come for so long is drawn when they come.
    private const int MostFollowed = 200;
    private const int MostAlerts = 8;
    private const int MostShifts = 3;
    private const int MostSignUps = 5;
    private const int MostBlocks = 100;
    private static readonly Duration Followed = Duration.FromDays(30);

    private readonly ICardSource _alerts = cards.First(source => source.Kind == Alert.CardKind);

    public string Name => "home";

    /// <summary>They look at it, or have pressed something there.</summary>
    public async Task Show(string user, CancellationToken cancel)
    {
        var (person, _) = await people.Meet(user, null, cancel);
        var visitor = await store.Find<SlackVisitor>(user, cancel) ?? new SlackVisitor(user, person.Id, clock.Now());
        await Publish(visitor with { Person = person.Id, CameAt = clock.Now() }, await Draw(person.Id, cancel), cancel);
    }

    public async Task<Instant?> Follow(Tenure tenure)
    {
        var recent = Keys.Between(Keys.At(clock.Now() - Followed), Keys.At(clock.Now()) + "~");
        Instant? soonest = null;
        foreach (var visitor in await store.List(SlackVisitor.Came, recent, MostFollowed, descending: true, tenure.Ended))
        {
            var view = await Draw(visitor.Person, tenure.Ended);
            if (HashOf(view) == visitor.Hash)
            {
                continue;
            }

            if (visitor.DrawnAt + BetweenDrawings is { } free && free > clock.Now())
            {
                soonest = soonest is { } at && at < free ? at : free;
                continue;
            }

            tenure.ThrowIfOver();
            try
            {
                await Publish(visitor, view, tenure.Ended);
            }
            catch (SlackException refused) when (refused.Fault == SlackFault.Refused && !SlackOutcome.ConcernsAll(refused))
            {
                // They have left, or have no such tab any more. Who opens it again is drawn again.
                LogRefused(visitor.Person, refused.Message);
                await store.Commit(new Commit().Delete(visitor), tenure.Ended);
            }
        }

        return soonest;
    }

    private async Task Publish(SlackVisitor visitor, View view, CancellationToken cancel)
    {
        await slack.PublishHome(visitor.Id, view, cancel);
        // Refused when somebody drew it meanwhile: then it is looked at once more, and that is all.
        await store.Commit(new Commit().Put(visitor with { Hash = HashOf(view), DrawnAt = clock.Now() }), cancel);
    }

    /// <summary>What stands on somebody's tab.</summary>
    internal async Task<View> Draw(string person, CancellationToken cancel)
    {
        var rotations = await now.All(cancel);
        var blocks = new List<Block> { Header("On call now"), Text(Markup.Lines(rotations.Select(each => Words(each.Rotation, each.Then)))) };
        var free = rotations.Where(each => !OncallResolver.Members(each.Rotation, clock.Now()).Contains(person)).Select(each => each.Rotation).ToList();
        if (free.Count > 0)
        {
            // An action's id may be once in a block.
            blocks.AddRange(free.Take(MostSignUps).Select(rotation => new ActionsBlock([new ButtonElement(new PlainWords(CardBlocks.Cut($"Sign up for {rotation.Name}", 75))) { ActionId = "join", Value = rotation.Name }])));
            if (free.Count > MostSignUps)
            {
                blocks.Add(Text(Markup.Of($"And {free.Count - MostSignUps} more: `/oncall join ROTATION`.")));
            }
        }

        blocks.Add(Header("My next shifts"));
        var shifts = rotations.SelectMany(each => OncallResolver.Upcoming(each.Rotation, person, clock.Now(), MostShifts).Select(shift => (each.Rotation, Shift: shift))).OrderBy(each => each.Shift.Start).Take(2 * MostShifts);
        var lines = shifts.Select(each => Markup.Of($"{each.Rotation.Name}: {WallClock.Say(each.Shift.Start, each.Rotation.Zone)}{(each.Shift.End is { } end ? $" to {WallClock.Say(end, each.Rotation.Zone)}" : "")}")).ToList();
        blocks.Add(Text(lines.Count > 0 ? Markup.Lines(lines) : Markup.Plain("None.")));
        blocks.Add(Header("My open alerts"));
        blocks.AddRange(await Alerts(person, rotations, cancel));
        blocks.Add(new DividerBlock());
        blocks.Add(Text(Markup.Of($"`/oncall help`, `/alert help`, `/incident help`, `/postmortem help`, `/reports help` and `/watch help` say what else there is.")));
        return new View("home", blocks.Count <= MostBlocks ? blocks : [.. blocks.Take(MostBlocks - 1), new ContextBlock([new PlainWords("There is more than fits here.")])]);
    }

    /// <summary>Those that they acknowledged, and those that nobody has while they are on call for them.</summary>
    private async Task<IReadOnlyList<Block>> Alerts(string person, IReadOnlyList<(Rotation Rotation, OnCall Then)> rotations, CancellationToken cancel)
    {
        var mine = rotations.Where(each => each.Then.People.Contains(person)).Select(each => each.Rotation.Id).ToHashSet();
        var open = await store.List(Alert.OpenSince, Keys.All, cancel: cancel);
        var theirs = open.Where(alert => alert.Acknowledgement is { } taken ? taken.By == person : mine.Contains(alert.Route.Rotation)).ToList();
        var blocks = new List<Block>();
        foreach (var alert in theirs.Take(MostAlerts))
        {
            if (await _alerts.Draw(alert.Id, cancel) is { } drawing)
            {
                var users = await people.Mentioned([drawing.Card], cancel);
                blocks.AddRange(new CardBlocks(users.GetValueOrDefault).Of(drawing.Card));
            }
        }

        if (theirs.Count != Math.Min(theirs.Count, MostAlerts) || theirs.Count == 0)
        {
            blocks.Add(Text(theirs.Count == 0 ? Markup.Plain("None.") : Markup.Of($"And {theirs.Count - MostAlerts} more: `/alert list`.")));
        }

        return blocks;
    }

    private static Markup Words(Rotation rotation, OnCall then) => then.Shift is { } shift
        ? Markup.Of($"{rotation.Name}: {Markup.Join(", ", shift.People.Select(each => Markup.Of($"**{each}**")))}{(shift.End is { } end ? $" until {WallClock.Say(end, rotation.Zone)}" : "")}")
        : Markup.Of($"{rotation.Name}: nobody");

    private static HeaderBlock Header(string title) => new(new PlainWords(title));

    private static RichTextBlock Text(Markup text) => new([new RichTextSection([.. new CardBlocks(_ => null).Rich(text, 3_000)])]);

    private static string HashOf(View view) => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view, SlackWire.Json.View)));

    [LoggerMessage(LogLevel.Warning, "The home tab of {Person} does not follow any more: {Why}")]
    private partial void LogRefused(string person, string why);
}
