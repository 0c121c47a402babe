using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack;

/// <summary>A person's home tab: what the commands about themselves would say. It is drawn when they open it, and after each press on it.</summary>
internal sealed class SlackHome(ISlackApi slack, SlackPeople people, CommandRouter router)
{
    private static readonly (string Title, string Words)[] Parts =
    [
        ("On call now", "oncall who"),
        ("My next shifts", "oncall mine"),
        ("Open alerts", "alert list"),
    ];

    public async Task Show(string user, CancellationToken cancel)
    {
        var (person, zone) = await people.Meet(user, null, cancel);
        var speaker = new Speaker(person, SlackPlatform.PlatformName, "") { PlatformZone = zone };
        var blocks = new List<Block>();
        foreach (var (title, words) in Parts)
        {
            var answer = await router.Text(speaker, words, cancel);
            var users = await people.Mentioned(answer.Replies, cancel);
            blocks.Add(new HeaderBlock(new PlainWords(title)));
            blocks.AddRange(answer.Replies.SelectMany(new CardBlocks(users.GetValueOrDefault).Of));
            blocks.Add(new DividerBlock());
        }

        await slack.PublishHome(user, new View("home", [.. blocks.Take(100)]), cancel);
    }
}
