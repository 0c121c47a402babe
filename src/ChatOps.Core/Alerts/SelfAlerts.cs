using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Core.Alerts;

/// <summary>Alerts about the bot itself: what it could not read or deliver reaches people the same way as everything else.</summary>
public sealed class SelfAlerts(IServiceProvider services) : IDeliveryAlarm, IChainAlarm
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

    public Task ChainLags(string chain, string? why, CancellationToken cancel) => Raise(
        $"chain-lags-{chain}", "ChainLags", $"{chain} is not being followed: what happens there now is not seen", why ?? "", Of(chain), cancel, why is not null);

    public Task ChainDisagrees(string chain, string? why, CancellationToken cancel) => Raise(
        $"chain-disagrees-{chain}", "ChainDisagrees", $"The endpoints of {chain} tell different chains; one of them is wrong", why ?? "", Of(chain), cancel, why is not null);

    public Task EndpointSilent(string chain, string endpoint, string? why, CancellationToken cancel) => Raise(
        $"chain-endpoint-{chain}-{endpoint}",
        "ChainEndpointSilent",
        $"{endpoint} gives nothing of {chain} that can be used",
        why ?? "",
        new Dictionary<string, string>(Of(chain)) { ["endpoint"] = endpoint },
        cancel,
        why is not null);

    public Task ChainReplaced(string chain, string what, CancellationToken cancel) => Raise(
        $"chain-replaced-{chain}", "ChainReplaced", $"More of {chain} was replaced than is remembered; what was told of it needs a look", what, Of(chain), cancel);

    private static Dictionary<string, string> Of(string chain) => new() { ["chain"] = chain };

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
