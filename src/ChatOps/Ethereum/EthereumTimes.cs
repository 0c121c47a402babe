using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>How long everything with endpoints takes.</summary>
internal sealed record EthereumTimes
{
    public static EthereumTimes Usual { get; } = new();

    /// <summary>For one request with its whole answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>An endpoint rests so long after its first fault; each one after that doubles it.</summary>
    public Duration FirstRest { get; init; } = Duration.FromMilliseconds(500);

    public Duration LongestRest { get; init; } = Duration.FromMinutes(1);

    /// <summary>Whatever Retry-After says, it is asked again then.</summary>
    public Duration LongestAskedRest { get; init; } = Duration.FromMinutes(10);

    /// <summary>How often all endpoints are asked how they stand, not only the one that is in use.</summary>
    public Duration LookAround { get; init; } = Duration.FromMinutes(1);

    /// <summary>An endpoint that gives nothing for longer is an alert.</summary>
    public Duration Silence { get; init; } = Duration.FromMinutes(5);
}
