using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>
/// Says each handoff once, in time or late, and follows up on it. It remembers nothing of its own: the last handoff is asked of the rotation, and whether it was
/// said, of the store. So after a stop the latest is said, late, and those before it are left out.
/// </summary>
internal sealed partial class HandoverService(
    IStore store, Decider decider, OncallService oncall, HandoverFacts facts, HandoverSettings settings, Roles roles, PeopleDirectory people, TimeProvider clock, ILogger<HandoverService> log) : IDueWork
{
    private const int Batch = 100;

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        Instant? next = null;
        foreach (var rotation in await oncall.All(cancel))
        {
            next = Earlier(next, await Say(rotation, clock.Now(), cancel));
        }

        foreach (var due in await store.List(Handover.Due, Keys.UpTo(Keys.At(clock.Now()) + "|~"), Batch, cancel: cancel))
        {
            await FollowUp(due.Id, cancel);
        }

        // One that failed is left to the sweep: it must not keep the trigger at a time that is past.
        var then = await store.List(Handover.Due, Keys.Between(Keys.At(clock.Now()) + "|~", "~"), 1, cancel: cancel);
        return Earlier(next, then is [var first] ? first.DueAt : null);
    }

    public async Task<Decision<Handover>> Confirm(string id, Person by, Actor actor, CancellationToken cancel)
    {
        var isAdmin = await roles.IsNamedAdmin(by, cancel);
        return await decider.Change<Handover>(id, handover => handover.Confirm(actor, isAdmin, clock.Now()), Markup.Of($"There is no such handover any more."), cancel);
    }

    /// <summary>The handover of the shift in progress, or null: the first volunteer took over from nobody.</summary>
    public async Task<Handover?> Present(Rotation rotation, CancellationToken cancel) =>
        OncallResolver.LastHandoff(rotation, clock.Now()) is { } last ? await store.Find<Handover>(Handover.IdOf(rotation, last.At), cancel) : null;

    /// <summary>What the next handover would say if it came now, or null when none is planned.</summary>
    public async Task<Handover?> Ahead(Rotation rotation, CancellationToken cancel)
    {
        var now = clock.Now();
        return OncallResolver.NextHandoff(rotation, now) is { } at && OncallResolver.LastHandoff(rotation, at) is { } handoff
            ? await facts.Gather(rotation, handoff, now, cancel)
            : null;
    }

    /// <summary>Says the last handoff if it was not said yet, and when the next is.</summary>
    private async Task<Instant?> Say(Rotation rotation, Instant now, CancellationToken cancel)
    {
        try
        {
            if (OncallResolver.LastHandoff(rotation, now) is { } handoff && await store.Find<Handover>(Handover.IdOf(rotation, handoff.At), cancel) is null)
            {
                var handover = await facts.Gather(rotation, handoff, now, cancel);
                // Stored by another machine meanwhile: that one stays.
                if (await decider.Store([handover], cancel))
                {
                    LogSaid(rotation.Name, string.Join(", ", handover.From), string.Join(", ", handover.To), handover.At, handover.Late);
                }
            }

            return await Hint(rotation, now, cancel) ?? OncallResolver.NextHandoff(rotation, now);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotSaid(fault, rotation.Name);
            return null;
        }
    }

    /// <summary>An empty rotation has no handover; what there is to say of it is said once, when it would have handed off for the first time.</summary>
    private async Task<Instant?> Hint(Rotation rotation, Instant now, CancellationToken cancel)
    {
        if (OncallResolver.FirstIdleHandoff(rotation, now) is not { } at || at > now)
        {
            return OncallResolver.FirstIdleHandoff(rotation, now);
        }

        var id = $"{Handover.Prefix}{rotation.Id}/nobody-yet";
        if (await store.Find<Announcement>(id, cancel) is null)
        {
            await decider.Store(
                [
                    new Announcement(id, rotation.Name, oncall.Channel, new Card("", CardState.Info)
                    {
                        Text = Markup.Of($"Nobody is in {rotation.Name} yet: `/oncall join {rotation.Name}` signs you up, and whoever is first is on call at once. Until then alerts tell nobody by name."),
                    },
                    now),
                ],
                cancel);
        }

        return null;
    }

    private async Task FollowUp(string id, CancellationToken cancel)
    {
        try
        {
            var admins = await Admins(cancel);
            await decider.Change<Handover>(id, handover => handover.Due(settings, admins, clock.Now()), Markup.Empty, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogDueFailed(fault, id);
        }
    }

    /// <summary>The admins whom we know, and those named whom we have yet to meet; whoever only has an admin's name is not one of them.</summary>
    private async Task<IReadOnlyList<string>> Admins(CancellationToken cancel)
    {
        var all = await people.All(cancel);
        var admins = roles.NamedAdmins.Except(all.Select(person => person.Id)).ToList();
        foreach (var person in all)
        {
            if (await roles.IsNamedAdmin(person, cancel))
            {
                admins.Add(person.Id);
            }
        }

        return admins;
    }

    private static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;

    [LoggerMessage(LogLevel.Information, "{Rotation}: handed over from {From} to {To} at {At}, said late: {Late}")]
    private partial void LogSaid(string rotation, string from, string to, Instant at, bool late);

    [LoggerMessage(LogLevel.Error, "{Rotation}: its handover could not be said; it is tried again")]
    private partial void LogNotSaid(Exception fault, string rotation);

    [LoggerMessage(LogLevel.Error, "{Handover}: its timer could not be run; it is tried again")]
    private partial void LogDueFailed(Exception fault, string handover);
}
