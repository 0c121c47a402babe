namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What a person does allows the bot to open one window, within three seconds of the fake's clock.</summary>
internal sealed class Triggers(Workspace workspace)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Trigger> _triggers = [];

    /// <param name="user">Who did it.</param>
    /// <param name="view">The window in which they did it, for views.push.</param>
    public string Give(string user, FakeView? view = null)
    {
        lock (workspace.Gate)
        {
            var id = $"{1000000000 + _triggers.Count}.7384749200.fake{_triggers.Count:D4}";
            _triggers[id] = new Trigger(user, view, workspace.Clock.GetUtcNow());
            return id;
        }
    }

    /// <summary>Uses it up.</summary>
    /// <exception cref="Refusal">It is unknown, was used or is too old.</exception>
    public Trigger Take(string id)
    {
        lock (workspace.Gate)
        {
            if (!_triggers.TryGetValue(id, out var trigger))
            {
                throw new Refusal("invalid_trigger_id");
            }

            if (trigger.Used)
            {
                throw new Refusal("exchanged_trigger_id");
            }

            if (workspace.Clock.GetUtcNow() - trigger.At > Life)
            {
                throw new Refusal("expired_trigger_id");
            }

            trigger.Used = true;
            return trigger;
        }
    }
}

internal sealed class Trigger(string user, FakeView? view, DateTimeOffset at)
{
    public string User => user;

    public FakeView? View => view;

    public DateTimeOffset At => at;

    public bool Used { get; set; }
}
