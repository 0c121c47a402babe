using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>Keeps what a program logs, for tests to look at.</summary>
internal sealed class KeptLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<KeptLog> _kept = new();

    public IReadOnlyList<KeptLog> All => [.. _kept];

    public ILogger CreateLogger(string categoryName) => new Keeper(categoryName, _kept);

    public void Dispose()
    {
    }

    private sealed class Keeper(string category, ConcurrentQueue<KeptLog> kept) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            kept.Enqueue(new(logLevel, category, formatter(state, exception), exception));
    }
}

internal sealed record KeptLog(LogLevel Level, string Category, string Text, Exception? Fault)
{
    public override string ToString() => $"{Level} {Category}: {Text}{(Fault is null ? "" : $"\n{Fault}")}";
}
