using ChatOps.Core.Decisions;
using ChatOps.Core.Time;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Quartz;

namespace ChatOps.Tests.Scenarios;

/// <summary>Quartz in the database that replicas share.</summary>
public sealed class QuartzScenarios
{
    private static readonly TriggerKey Due = new("due");

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task The_trigger_fires_before_and_after_a_crash_of_the_database()
    {
        await using var server = await RealPostgres.Start();
        await using var bot = global::Program.Build(
            ["--Urls=http://127.0.0.1:0", "--Storage:Provider=Postgres", $"--Storage:ConnectionString={await server.Database()}", $"--Rotations:0:Handoff={TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek} 09:00", "--Digests:OnCallWeek:Enabled=false"], services => services.AddLogging(logging => logging.ClearProviders()));
        await bot.StartAsync();
        var scheduler = await bot.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var wakeUps = bot.Services.GetRequiredService<IWakeUps>();
        await Fires();

        await server.Crash();
        await server.StartAgain();
        await Fires();
        await bot.StopAsync();

        // A trigger that has fired is gone, or stands at whatever is due next, in days; while the database comes back it may take more than one.
        async Task Fires()
        {
            await World.Until(async () =>
            {
                wakeUps.DueAt(TimeProvider.System.Now() + Duration.FromMilliseconds(200));
                return await StandsSoon();
            }, "No trigger is set.");
            await World.Until(async () => !await StandsSoon(), "The trigger does not fire.");
        }

        async Task<bool> StandsSoon()
        {
            try
            {
                return await scheduler.GetTrigger(Due) is { NextFireTimeUtc: { } next } && next < TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1);
            }
            catch (SchedulerException)
            {
                return false;
            }
        }
    }
}
