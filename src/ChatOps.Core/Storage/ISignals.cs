namespace ChatOps.Core.Storage;

/// <summary>
/// Tells everybody who works on the same store, this process included, that something is new. A signal is a hint: it may come twice, and it
/// is lost to whoever does not listen just then, so whatever must happen also happens without it, only later.
/// </summary>
public interface ISignals
{
    /// <summary>
    /// Returns at once and never fails. Those who listen in this process hear it before that; the others in a moment, where the same signal
    /// sent several times may have become one.
    /// </summary>
    /// <param name="topic">A word: who listens takes the topics that it knows.</param>
    /// <param name="payload">At most <see cref="Signal.LongestPayload"/> characters: an id or an instant, not a document.</param>
    void Notify(string topic, string payload = "");

    /// <summary>Hears every signal from now on, until it is disposed.</summary>
    /// <param name="hear">Called from any thread, also several at once. It must be quick and must not throw.</param>
    IDisposable Listen(Action<Signal> hear);
}

/// <summary>That something is new.</summary>
public readonly record struct Signal(string Topic, string Payload)
{
    // A PostgreSQL notification carries 8,000 bytes; a character may take six as JSON.
    public const int LongestPayload = 1_000;

    /// <summary>Signals were missed: anything may be new.</summary>
    public static Signal Everything { get; } = new("", "");
}
