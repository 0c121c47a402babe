using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Api;

/// <summary>
/// The calls of one method: a few at once, then a steady trickle, so that who comes last waits a moment and not for the end of a minute that others have used up. Whatever
/// minute one looks at, there are no more in it than the tier allows.
/// </summary>
internal sealed class SlackAllowance
{
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly double _most;
    private readonly double _perSecond;
    private double _left;
    private Instant _at;

    public SlackAllowance(int perMinute, TimeProvider clock)
    {
        // Together they are one less than the tier: Slack counts when it hears us, not when we speak.
        _most = _left = perMinute * 2 / 5;
        _perSecond = (perMinute - 1 - _most) / 60;
        (_clock, _at) = (clock, clock.Now());
    }

    /// <summary>Takes one, or says how long there is none.</summary>
    public Duration? Take()
    {
        lock (_lock)
        {
            var now = _clock.Now();
            _left = Math.Min(_most, _left + (Math.Max(0, (now - _at).TotalSeconds) * _perSecond));
            _at = now;
            if (_left < 1)
            {
                return Duration.FromSeconds((1 - _left) / _perSecond) + Duration.FromMilliseconds(1);
            }

            _left--;
            return null;
        }
    }
}
