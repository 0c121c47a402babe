using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>All rules in the order in which they are asked: those of the settings, those made in chat, those that come with the program.</summary>
public sealed class RuleBook(IStore store, WatchSettings settings, TimeProvider clock)
{
    private static readonly Duration Fresh = Duration.FromSeconds(5);

    private IReadOnlyList<Rule> _rules = [];
    private Instant _readAt = Instant.MinValue;

    public async ValueTask<IReadOnlyList<Rule>> Read(CancellationToken cancel, bool anew = false)
    {
        if (anew || clock.Now() - _readAt >= Fresh)
        {
            var made = await store.List(Index<ChatRule>.Id, Keys.All, cancel: cancel);
            _rules = With(made.OrderByDescending(rule => rule.At).Select(rule => rule.Rule).OfType<Rule>());
            _readAt = clock.Now();
        }

        return _rules;
    }

    /// <summary>As they would be with these made in chat.</summary>
    public IReadOnlyList<Rule> With(IEnumerable<Rule> made) => [.. settings.Rules, .. made, .. settings.Shipped];
}
