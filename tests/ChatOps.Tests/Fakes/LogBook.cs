using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>Keeps what the program logs, so that a test can fail on an error that nobody saw.</summary>
internal sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = new();
    private readonly ConcurrentBag<string> _forgiven = [];

    public IEnumerable<string> Lines => _lines.Select(line => line.Line);

    /// <summary>What nobody has forgiven.</summary>
    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error && !_forgiven.Any(part => line.Line.Contains(part, StringComparison.Ordinal))).Select(line => line.Line);

    /// <summary>An error with these words in it is what the scenario is about.</summary>
    public void Forgive(string part) => _forgiven.Add(part);

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                book._lines.Enqueue((logLevel, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
            }
        }
    }
}
