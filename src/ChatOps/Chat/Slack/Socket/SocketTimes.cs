namespace ChatOps.Chat.Slack.Socket;

/// <summary>How long things take around a socket.</summary>
internal sealed record SocketTimes
{
    /// <summary>A ping so often, and as long for its answer: a peer that fell silent without a word is noticed within twice that.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Slack closes a socket that it has announced to close about ten seconds later; then nothing comes on it any more.</summary>
    public TimeSpan LastWords { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A socket that lived no longer than this has not worked: the next one is not opened at once.</summary>
    public TimeSpan ShortLife { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When an address was asked for and none has come, it is asked for once more.</summary>
    public TimeSpan SecondQuestion { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Before the next try: what an admin has to mend is looked at again every two minutes.</summary>
    public TimeSpan AfterAdmin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>So many failures in a row are answered in a hurry, because most troubles of Slack's are over in a moment; then the pauses grow.</summary>
    public const int Hurried = 3;

    /// <summary>How long a new socket may take. An answer that takes longer is none: the next try may find a server that lives. Where nothing is that fast, the later tries are given more.</summary>
    public static TimeSpan OpeningFor(int failures) => TimeSpan.FromSeconds(failures < Hurried ? 3 : 10);

    /// <summary>Before the next try, after so many that failed in a row: 0.1, 0.2 and 0.3 seconds, then 1.6 and twice as long each time. No two programs wait equally long.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="reachesSlack">
    /// Slack answers, and counts how often it is asked: the pauses double up to half a minute. Who is not heard is not counted: then it is every second, for the first minute.
    /// </param>
    public static TimeSpan PauseAfter(int failures, bool reachesSlack)
    {
        var longest = reachesSlack ? 30 : failures < 60 ? 1 : 10;
        var pause = 0.1 * (failures <= Hurried ? failures : Math.Pow(2, Math.Min(failures, 12)));
        return TimeSpan.FromSeconds(Math.Min(longest, pause) * (0.75 + (Random.Shared.NextDouble() / 4)));
    }
}
