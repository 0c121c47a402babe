using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Oncall.Commands;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall;

/// <summary>How a handover looks in chat.</summary>
internal static class HandoverCard
{
    /// <summary>Section 2 of the process: what being on call means.</summary>
    private static readonly Markup Checklist = Markup.Lines(
        Markup.Of($"**Before you press Ready**"),
        Markup.Of($"• laptop with all credentials and the necessary access in reach"),
        Markup.Of($"• mobile phone in reach"),
        Markup.Of($"• pager app installed on it, and its number registered there"));

    public static string TitleOf(Handover handover) => $"Handover of {handover.Rotation}";

    public static Card Draw(Handover handover) => new(TitleOf(handover), CardState.Info)
    {
        Text = Markup.Lines(
        [
            Opening(handover),
            .. handover.Parts.Select(part => Markup.Lines(Markup.Of($"**{part.Title}**"), part.Text)),
            handover is { To.Count: > 0, Ready: null } ? Checklist : Markup.Empty,
        ]),
        Fields = handover.To.Count == 0 ? [] : [new("Ready", Readiness(handover))],
        Buttons = handover is { To.Count: > 0, Ready: null } ? [new Button(ReadyCommand.Action, "Ready", handover.Id, ButtonStyle.Primary)] : [],
        Context = handover.Late
            ? Markup.Of($"Late: the handoff was {WallClock.Say(handover.At, handover.TimeZone)}, I was not running then.")
            : Markup.Of($"{WallClock.Say(handover.At, handover.TimeZone)}"),
    };

    private static Markup Opening(Handover handover)
    {
        var until = handover.Until is { } end ? $", until {WallClock.Say(end, handover.TimeZone)}" : "";
        var from = Markup.Join(", ", handover.From.Select(Markup.Mention));
        return handover switch
        {
            { To: [] } => Markup.Of($"{from} {(handover.From.Count == 1 ? "hands" : "hand")} over, and nobody takes over: **nobody is on call now.** `/oncall join {handover.Rotation}` signs you up."),
            _ when handover.From.ToHashSet().SetEquals(handover.To) => Markup.Of(
                $"{handover.Holders} {(handover.To.Count == 1 ? "goes" : "go")} on{until}{(handover.Alone ? Markup.Of($": nobody else is in {handover.Rotation}. `/oncall join {handover.Rotation}` signs you up.") : Markup.Of($"."))}"),
            { From: [] } => Markup.Of($"{handover.Holders} takes over{until}. Nobody was on call before."),
            _ => Markup.Of($"{from} hands over to {handover.Holders}{until}."),
        };
    }

    private static Markup Readiness(Handover handover) => handover switch
    {
        { Ready: { } ready } => Markup.Of(
            $"{handover.Holders}, ready since {WallClock.Say(ready.At, handover.TimeZone)}{(handover.To.Contains(ready.By) ? Markup.Empty : Markup.Of($", says {Markup.Mention(ready.By)}"))}"),
        { AdminsToldAt: { } told } => Markup.Of($"not confirmed; others were told, {WallClock.Say(told, handover.TimeZone)}"),
        { RemindedAt: { } reminded } => Markup.Of($"not confirmed; reminded, {WallClock.Say(reminded, handover.TimeZone)}"),
        _ => Markup.Of($"not confirmed yet"),
    };
}

internal sealed class HandoverCards(IStore store) : ICardSource
{
    public string Kind => Handover.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<Handover>(id, cancel) is { } handover ? new Drawing(HandoverCard.Draw(handover), handover.Id, handover.Channel) : null;
}
