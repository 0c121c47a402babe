using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>What the scenarios about snoozes and silences begin with.</summary>
internal static class QuietTime
{
    public static readonly Duration Minute = Duration.FromMinutes(1);

    public static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Igor is on call, Ana is next; A-1 fires since 10:00 and Igor was told.</summary>
    public static async Task<World> Fires(params string[] settings)
    {
        var world = await World.Begin(settings);
        foreach (var person in new[] { "igor", "ana" })
        {
            await world.Says(person, "/oncall join");
            Assert.StartsWith($"{person} joined core.", await world.Hears());
        }

        await world.Sample("webhook_firing_single");
        Assert.StartsWith("InstanceDown", await world.Hears());
        Assert.StartsWith("Opened. Told @igor", await world.Hears());
        return world;
    }

    /// <summary>And Igor has it.</summary>
    public static async Task<World> IsAcknowledged(params string[] settings)
    {
        var world = await Fires(settings);
        await world.Presses("igor", "ack", "A-1");
        Assert.StartsWith("igor acknowledged it.", await world.Hears());
        return world;
    }
}
