using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ChatOps.Web;

/// <summary>
/// A formatter whose lines carry no control characters: what people and programs outside say is logged, and whoever reads the log in a terminal must not have it steered by them.
/// They are shown as <c>\u001B</c>. Line ends stay, for faults have many lines; those in a message are the inner formatter's.
/// </summary>
/// <param name="inner">Writes the line, with its own colours.</param>
internal sealed class CleanLines(ConsoleFormatter inner) : ConsoleFormatter(inner.Name), IDisposable
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var fault = logEntry.Exception is { } thrown && thrown.ToString() is var told && Clean(told) is var clean && clean != told ? new Told(clean) : logEntry.Exception;
        inner.Write(new LogEntry<TState>(logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.State, fault, (_, _) => message), scopeProvider, textWriter);
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Clean(string? text)
    {
        if (text is null || !text.Any(IsUnclean))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            clean.Append(IsUnclean(letter) ? $"\\u{(int)letter:X4}" : $"{letter}");
        }

        return clean.ToString();
    }

    // Beside the control characters those that turn the reading direction or end a line.
    private static bool IsUnclean(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>What a fault says of itself, cleaned.</summary>
    private sealed class Told(string told) : Exception
    {
        public override string ToString() => told;
    }
}
