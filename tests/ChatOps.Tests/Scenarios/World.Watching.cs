using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>For scenarios that put parts of their own in and read a channel in which more goes on.</summary>
internal sealed partial class World
{
    /// <summary>A fresh bot with a scenario's own parts in it from its first start on.</summary>
    public static async Task<World> BeginWith(Action<IServiceCollection> adjust, params string[] settings)
    {
        var world = new World(settings, new FakeTimeProvider(Instant.FromUtc(2026, 11, 23, 10, 0).ToDateTimeOffset())) { Adjust = adjust };
        await world.Start();
        return world;
    }

    /// <summary>Hears those that begin so.</summary>
    public async Task HearsAllOf(string beginning)
    {
        await Settle();
        _heard.UnionWith((await Messages()).Where(message => message.Text.StartsWith(beginning, StringComparison.Ordinal)).Select(message => message.Id));
    }
}
