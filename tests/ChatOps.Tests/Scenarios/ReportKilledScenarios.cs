using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>The bot dies right before and right after each commit of a report's life, once each, and is started again: the issue is created once, and each comment and question is written once.</summary>
public sealed class ReportKilledScenarios
{
    private const string Note = "/reports comment R-1 we are on it";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whenever_it_dies_everything_is_written_once(bool after)
    {
        var commit = 0;
        while (await Lives(commit, after))
        {
            commit++;
        }

        Assert.InRange(commit, 8, 40);
    }

    /// <returns>Whether it came to that commit, and died there.</returns>
    private static async Task<bool> Lives(int commit, bool after)
    {
        MortalStore? mortal = null;
        await using var reports = await ReportWorld.Begin(Ways.Both);
        var world = reports.World;
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Both);
        world.Log.Forgive(MortalStore.Death);
        var usual = world.Adjust;
        world.Adjust = services =>
        {
            usual?.Invoke(services);
            services.AddSingleton<IStore>(provider => mortal = new MortalStore(provider.GetRequiredService<LiteDbStore>(), commit, after));
        };
        await world.Restart();
        var deadly = mortal!;
        world.Adjust = usual;
        deadly.Count();

        async Task Until(Func<Task<bool>> isDone, Func<Task> ask)
        {
            while (true)
            {
                try
                {
                    if (await isDone())
                    {
                        return;
                    }

                    await ask();
                }
                catch (Exception) when (deadly.IsDead)
                {
                    // Whoever gets no answer asks again.
                }

                if (deadly.IsDead && ReferenceEquals(mortal, deadly))
                {
                    mortal = null;
                    await world.Restart();
                }
            }
        }

        // People look before they ask again: what is stored was asked for.
        await Until(async () => (await reports.Stored()).Entries >= 2, () => world.Says("ana", Note));
        await Until(
            async () => (await reports.Stored()) is var report && (report.Issue is not null || report.Effects.Any(effect => effect.IsForTracker)), () => reports.Fills("ana", "/reports issue R-1", []));
        await Until(
            async () => (await reports.Stored()) is { Issue: not null, Effects.Count: 0 },
            () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
                return Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            });
        // What was seen may be the last that it did.
        await world.Restart();
        Assert.Single(reports.Tracker.Issues);
        Assert.Equal(["internal: ana: we are on it"], reports.HackerOne["7"].Comments);
        Assert.Single(reports.HackerOne["7"].Activities, activity => (string)activity["type"]! == "activity-reference-id-added");
        await world.HearsAll();
        return deadly.IsDead;
    }
}
