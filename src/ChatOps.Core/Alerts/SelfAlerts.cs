using ChatOps.Core.Chat.Delivery;

namespace ChatOps.Core.Alerts;

/// <summary>Alerts about the bot itself: what it could not read or deliver reaches people the same way as everything else.</summary>
public sealed class SelfAlerts(IServiceProvider services) : IDeliveryAlarm
{
    public const string Source = "chatops";

    /// <summary>Some of what a source sent could not be read.</summary>
    public Task Unreadable(string source, string title, IReadOnlyList<string> faults, CancellationToken cancel) => Raise(
        $"unreadable-{source}",
        "SourceUnreadable",
        $"{title} sent something that could not be read; what could be read is stored",
        string.Join("\n", faults.Take(10)) + (faults.Count > 10 ? $"\nand {faults.Count - 10} more" : ""),
        new Dictionary<string, string> { ["source"] = source },
        cancel);

    public Task Undeliverable(string platform, Drawing drawing, string why, CancellationToken cancel) => Raise(
        $"undeliverable-{platform}-{drawing.Channel}",
        "MessageUndeliverable",
        drawing.Channel == AlertPages.Channel ? $"{platform} does not take a page: nobody is rung up there" : $"A message cannot be shown in {platform} #{drawing.Channel}",
        $"{drawing.Subject}: {why}",
        new Dictionary<string, string> { ["platform"] = platform, ["channel"] = drawing.Channel },
        cancel);

    /// <summary>A platform that is asked for news has not answered for long; <see cref="SourceAnswers"/> ends it.</summary>
    public Task SourceSilent(string source, string title, string why, CancellationToken cancel) => Raise(
        $"silent-{source}", "SourceSilent", $"{title} does not answer: what happens there is not heard of, and what is done here does not reach it", why, new Dictionary<string, string> { ["source"] = source }, cancel);

    public Task SourceAnswers(string source, string title, CancellationToken cancel) => Raise(
        $"silent-{source}", "SourceSilent", $"{title} answers again", "", new Dictionary<string, string> { ["source"] = source }, cancel, firing: false);

    /// <summary>A backup that was due could not be made; <see cref="BackupWorks"/> ends it.</summary>
    public Task BackupFailed(string why, CancellationToken cancel) => Raise("backup", "BackupFailed", "The backup that was due could not be made; the next is tried at its time", why, [], cancel);

    public Task BackupWorks(CancellationToken cancel) => Raise("backup", "BackupFailed", "The backup was made", "", [], cancel, firing: false);

    private async Task Raise(string key, string name, string summary, string description, Dictionary<string, string> labels, CancellationToken cancel, bool firing = true)
    {
        // Resolved here because the intake stores, storing shows, and showing may raise an alert.
        var intake = (AlertIntake)services.GetService(typeof(AlertIntake))!;
        var signal = new Signal(
            key,
            firing,
            new Dictionary<string, string>(labels) { ["alertname"] = name, ["severity"] = "warning" },
            new Dictionary<string, string> { ["summary"] = summary, ["description"] = description });
        await intake.Receive([new SignalGroup(Source, key, [signal]) { SourceTitle = "ChatOps" }], cancel);
    }
}
