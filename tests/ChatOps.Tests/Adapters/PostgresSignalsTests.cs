using System.Collections.Concurrent;
using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>Signals between processes on one database, and after it was away.</summary>
public sealed class PostgresSignalsTests
{
    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_signal_reaches_everybody_once_and_a_break_is_a_signal_that_anything_may_be_new()
    {
        await using var server = await RealPostgres.Start();
        var database = await server.Database();
        await using var one = await Listener.Start(database);
        await using var two = await Listener.Start(database);
        await one.Hears(Signal.Everything, 1);
        await two.Hears(Signal.Everything, 1);

        one.Signals.Notify("deliver", "\0 \"ß\" 🚨 ' x");
        Assert.Contains(new Signal("deliver", "\0 \"ß\" 🚨 ' x"), one.Heard);
        await two.Hears(new("deliver", "\0 \"ß\" 🚨 ' x"), 1);
        for (var i = 0; i < 1000; i++)
        {
            two.Signals.Notify("many");
        }

        two.Signals.Notify("last", new string('\u0001', Signal.LongestPayload));
        await one.Hears(new("last", new string('\u0001', Signal.LongestPayload)), 1);
        Assert.InRange(one.Heard.Count(signal => signal.Topic == "many"), 1, 1000);
        Assert.Equal(1000, two.Heard.Count(signal => signal.Topic == "many"));
        // Its own come back to nobody.
        Assert.Single(one.Heard, signal => signal.Topic == "deliver");

        await server.Crash();
        one.Signals.Notify("while", "it was away");
        await server.StartAgain();
        await two.Hears(Signal.Everything, 2);
        await one.Hears(Signal.Everything, 2);
        one.Signals.Notify("again");
        await two.Hears(new("again", ""), 1);
    }

    private sealed class Listener : IAsyncDisposable
    {
        private Listener(string database) =>
            (Signals, Listening) = (new(RealPostgres.Connection(database), TimeProvider.System, NullLogger<PostgresSignals>.Instance), null!);

        public PostgresSignals Signals { get; }

        public ConcurrentQueue<Signal> Heard { get; } = new();

        private IDisposable Listening { get; set; }

        public static async Task<Listener> Start(string database)
        {
            var listener = new Listener(database);
            listener.Listening = listener.Signals.Listen(listener.Heard.Enqueue);
            await listener.Signals.StartAsync(CancellationToken.None);
            return listener;
        }

        public Task Hears(Signal signal, int times) => World.Until(() => Task.FromResult(Heard.Count(each => each == signal) >= times), $"{signal} does not come");

        public async ValueTask DisposeAsync()
        {
            Listening.Dispose();
            await Signals.StopAsync(CancellationToken.None);
            Signals.Dispose();
        }
    }
}
