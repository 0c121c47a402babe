namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What a workspace holds. All of it changes under <see cref="Gate"/>, one call at a time.</summary>
internal sealed class Workspace
{
    public const string TeamId = "T00000001";
    public const string Domain = "acme";
    public const string AppId = "A00000001";
    public const string BotId = "B00000001";
    public const string BotUser = "U0000B0T1";

    private readonly List<InvalidCall> _invalid = [];

    public Workspace(TimeProvider clock)
    {
        Clock = clock;
        Users = new FakeUsers(this);
        Channels = new FakeChannels(this);
        Groups = new FakeGroups(this);
        Messages = new FakeSlackMessages(this);
        Views = new FakeViews(this);
        Files = new FakeFiles(this);
        Triggers = new Triggers(this);
        ResponseUrls = new ResponseUrls(this);
    }

    public Lock Gate { get; } = new();

    public TimeProvider Clock { get; }

    /// <summary>Where the fake itself listens, without a slash at the end.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where the next socket of Socket Mode is to be opened.</summary>
    public Func<string> NewSocketUrl { get; set; } = () => throw new Refusal("internal_error");

    public FakeUsers Users { get; }

    public FakeChannels Channels { get; }

    public FakeGroups Groups { get; }

    public FakeSlackMessages Messages { get; }

    public FakeViews Views { get; }

    public FakeFiles Files { get; }

    public Triggers Triggers { get; }

    public ResponseUrls ResponseUrls { get; }

    /// <summary>What the bot's token may do; all that the methods here know, until a scenario takes some away.</summary>
    public HashSet<string> Scopes { get; } =
    [
        "commands", "chat:write", "chat:write.public", "app_mentions:read", "im:write", "im:read", "im:history", "mpim:write", "mpim:read", "mpim:history", "users:read", "users:read.email",
        "usergroups:read", "usergroups:write", "channels:read", "channels:join", "channels:manage", "channels:history", "groups:read", "groups:write", "groups:history",
        "files:write", "pins:write", "reactions:read", "reactions:write", "bookmarks:write",
    ];

    /// <summary>A list answers at most so many at once, whatever limit was asked for, as Slack may: whoever forgets the cursor loses the rest.</summary>
    public int PageAtMost { get; set; } = 1000;

    /// <summary>A free plan has no user groups.</summary>
    public bool Paid { get; set; } = true;

    /// <summary>A workspace may leave user groups to its admins; a bot is none.</summary>
    public bool GroupsByAdminsOnly { get; set; }

    /// <summary>How long a message can be changed; null for ever.</summary>
    public TimeSpan? EditWindow { get; set; }

    /// <summary>The calls and answers of the bot that the real Slack would refuse, or that make no sense: empty at the end of a good scenario.</summary>
    public IReadOnlyList<InvalidCall> Invalid
    {
        get
        {
            lock (Gate)
            {
                return [.. _invalid];
            }
        }
    }

    public void IsInvalid(string method, string what)
    {
        lock (Gate)
        {
            _invalid.Add(new InvalidCall(method, what));
        }
    }

    /// <summary>Unix seconds.</summary>
    public long Now() => Clock.GetUtcNow().ToUnixTimeSeconds();
}

/// <param name="Method">The API method, or the kind of delivery that was answered.</param>
/// <param name="What">What is wrong with it.</param>
internal sealed record InvalidCall(string Method, string What);
