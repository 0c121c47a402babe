using System.Net;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Setup;
using ChatOps.Core.Leases;
using ChatOps.Core.Oncall;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>The on-call channel's topic says who is on call. Slack posts a line whenever it changes, so it is written only then; what somebody wrote themselves stays behind it.</summary>
internal sealed class TopicFollower(ISlackApi slack, SlackChannels channels, OnCallNow now, SlackNotices notices, OncallSettings oncall) : ISlackFollower
{
    // Slack's.
    private const int Longest = 250;
    private const string Between = " | ";

    public string Name => "topic";

    public async Task<Instant?> Follow(Tenure tenure)
    {
        var rotations = await now.All(tenure.Ended);
        var wanted = CardBlocks.Cut(string.Join("; ", rotations.Select(each => Words(each.Rotation, each.Then, rotations.Count > 1))), Longest);
        var remembered = await notices.Remembered(Name, tenure.Ended);
        if (wanted.Length > 0 && (remembered.Wrote != wanted || remembered.Trouble is not null))
        {
            if (await channels.IdOf(oncall.Channel, tenure.Ended) is { } channel)
            {
                await Write(channel, wanted, remembered.Wrote, tenure);
                await notices.Wrote(Name, wanted, tenure.Ended);
            }
            else
            {
                await notices.Trouble(Name, SlackTroubles.NoChannel(oncall.Channel), tenure.Ended);
            }
        }

        return OnCallNow.NextHandoff(rotations);
    }

    private async Task Write(string id, string wanted, string? wrote, Tenure tenure)
    {
        var channel = await slack.Channel(id, tenure.Ended);
        if (!channel.IsMember)
        {
            await slack.Join(id, tenure.Ended);
        }

        // Slack gives it back with its three signs escaped.
        var present = WebUtility.HtmlDecode(channel.Topic?.Value ?? "");
        if (!present.StartsWith(wanted, StringComparison.Ordinal))
        {
            tenure.ThrowIfOver();
            await slack.SetTopic(id, With(wanted, Own(present, wrote)), tenure.Ended);
        }
    }

    /// <summary>What people wrote: all of it before our first time, then what stands behind ours.</summary>
    private static string Own(string present, string? wrote) =>
        (wrote is not null && present.StartsWith(wrote, StringComparison.Ordinal) ? present[wrote.Length..] : present).Trim().TrimStart('|').Trim();

    private static string With(string ours, string own) => own.Length == 0 || ours.Length + Between.Length + 2 > Longest ? ours : ours + Between + CardBlocks.Cut(own, Longest - ours.Length - Between.Length);

    private static string Words(Rotation rotation, OnCall then, bool several)
    {
        var of = several ? $" for {rotation.Name}" : "";
        return then.Shift is { } shift
            ? $"On call{of}: {string.Join(", ", shift.People.Select(person => $"@{person}"))}{(shift.End is { } end ? $" until {WallClock.Say(end, rotation.Zone)}" : "")}"
            : $"On call{of}: nobody";
    }
}
