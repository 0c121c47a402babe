using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Demo;

/// <summary>What happens in the demo's fortnight: volunteers of a distributed organisation and what they look after. All of it is made up.</summary>
internal static class DemoStory
{
    private static readonly string[] Volunteers = ["igor", "corey", "jakub", "ana"];

    /// <summary>The events in order of time.</summary>
    public static IEnumerable<DemoEvent> Events()
    {
        foreach (var (i, name) in Volunteers.Index())
        {
            yield return At(0, 9, 30 + (3 * i), new Says(name, "/oncall join"));
        }

        yield return At(0, 14, 12, Fires("InstanceDown", "mail-01.do-ams3.eth.prod", "critical", "Mail server down", "mail-01.do-ams3.eth.prod of job mailserver does not answer for 5 minutes"));
        yield return At(0, 14, 15, new Presses("igor", "ack", "InstanceDown"));
        yield return At(0, 14, 31, new Says("igor", "/alert note the droplet was migrated by the provider, it is booting"));
        yield return At(0, 14, 40, Ends("InstanceDown", "mail-01.do-ams3.eth.prod"));

        yield return At(1, 3, 5, Fires("PeersLow", "boot-02.gc-us-central1-a.eth.prod", "warning", "Boot node has few peers", "boot-02 sees 4 peers, 25 are usual"));
        yield return At(1, 3, 22, new Presses("igor", "ack", "PeersLow"));
        yield return At(1, 4, 2, Ends("PeersLow", "boot-02.gc-us-central1-a.eth.prod"));

        yield return At(1, 10, 15, DemoContracts.Moves("a holder", "an exchange", 12_500));
        yield return At(2, 11, 0, DemoContracts.Proposes(1, 211, "a supplier", 12));
        yield return At(2, 11, 20, new Says("igor", "/watch take T-2"));
        yield return At(2, 11, 22, new Says("igor", "/watch normal T-2 it is on this week's payout list"));
        yield return At(2, 15, 40, DemoContracts.Moves("another holder", "a friend", 40));

        yield return At(3, 22, 41, Fires("DiskFillsUp", "mail-02.do-ams3.eth.prod", "warning", "Disk is 91 % full", "/data on mail-02.do-ams3.eth.prod fills up in 9 hours"));
        yield return At(3, 22, 44, Fires("DiskFillsUp", "mail-03.do-ams3.eth.prod", "warning", "Disk is 91 % full", "/data on mail-03.do-ams3.eth.prod fills up in 11 hours"));
        yield return At(3, 22, 58, new Presses("igor", "ack", "DiskFillsUp"));
        yield return At(4, 0, 30, Ends("DiskFillsUp", "mail-02.do-ams3.eth.prod", "mail-03.do-ams3.eth.prod"));

        yield return At(5, 9, 3, new Reported("2140711", "Wallet shows a wrong fee", "triaged", "medium", 5.3, "Business Logic Errors", "status-desktop", "a-researcher"));
        yield return At(5, 9, 40, new Says("igor", "/reports take R-1"));
        yield return At(5, 15, 2, new Says("igor", "/reports issue R-1 https://github.com/status-im/status-desktop/issues/9001"));

        foreach (var later in SecondWeek())
        {
            yield return later;
        }
    }

    private static IEnumerable<DemoEvent> SecondWeek()
    {
        string[] mail = ["mail-01.do-ams3.eth.prod", "mail-02.do-ams3.eth.prod", "mail-03.do-ams3.eth.prod"];
        yield return At(7, 9, 12, new Says("corey", "/oncall ready"));
        yield return At(8, 1, 17, Fires("StoreLatencyHigh", mail[0], "critical", "Mail servers answer slowly", "p99 of history queries is 14 s, 2 s are usual"));
        yield return At(8, 1, 18, Fires("StoreLatencyHigh", mail[1], "critical", "Mail servers answer slowly", "p99 of history queries is 11 s, 2 s are usual"));
        yield return At(8, 1, 31, new Presses("corey", "ack", "StoreLatencyHigh"));
        yield return At(8, 1, 36, new Declares("corey", "StoreLatencyHigh", "Old messages arrive late or not at all", "critical", "Queries for history time out in ams3; new messages are fine."));
        yield return At(8, 1, 52, new Says("corey", "/incident note the database of mail-01 vacuums since 01:10, started by the new release"));
        yield return At(8, 2, 20, new Says("jakub", "/incident note stopped the vacuum on all three, latency falls"));
        yield return At(8, 2, 34, Ends("StoreLatencyHigh", mail[0], mail[1]));
        yield return At(8, 2, 36, new Says("corey", "/incident mitigate"));
        yield return At(8, 9, 5, new Says("corey", "/incident resolve"));
        yield return At(8, 9, 30, new Says("corey", "/postmortem start I-1"));

        yield return At(9, 16, 45, DemoContracts.TriesToTake("a stranger"));
        yield return At(9, 16, 52, new Says("corey", "/watch abnormal T-4 nobody of us sends that"));
        yield return At(9, 16, 55, new Says("jakub", "/watch take T-4"));
        yield return At(9, 17, 20, new Says("jakub", "/watch normal T-4 a stranger tried to take the token; without the multisig's signatures that fails, as it did"));
        yield return At(10, 8, 12, DemoContracts.Moves("a third holder", "a shop", 900));

        yield return At(11, 13, 30, Fires("CertificateExpires", "canary.infra", "info", "Certificate expires in 13 days", "The renewal of canary.infra failed twice"));
        yield return At(11, 13, 50, new Presses("corey", "ack", "CertificateExpires"));
        yield return At(11, 14, 40, Ends("CertificateExpires", "canary.infra"));
        yield return At(12, 9, 40, new WritesUp(
            "corey",
            "P-1",
            ("Who was affected, how, and for how long.", "Everybody who fetched old messages in ams3, for an hour and a quarter. Nothing was lost."),
            ("What set it off.", "The new release starts a vacuum of the whole database when it is installed; three mail servers got it within ten minutes."),
            ("What ended it.", "The vacuum was stopped by hand on all three.")));
        yield return At(12, 10, 0, new Says("corey", "/postmortem publish P-1"));
        yield return Before(1_190, new Reported("2141993", "Crafted deep link opens a dapp without asking", "triaged", "high", 7.7, "Improper Authorization", "status-mobile", "another-researcher"));
        yield return Before(1_150, new Says("corey", "/reports take R-2"));
        yield return Before(45, Fires("PeersLow", "boot-01.do-ams3.eth.prod", "warning", "Boot node has few peers", "boot-01 sees 7 peers, 25 are usual"));
        yield return Before(31, new Presses("corey", "ack", "PeersLow"));
        yield return Before(12, DemoContracts.Proposes(4, 212, "somebody unknown", 300));
        yield return Before(3, Fires("InstanceDown", "mail-02.do-ams3.eth.prod", "critical", "Mail server down", "mail-02.do-ams3.eth.prod of job mailserver does not answer for 5 minutes"));
    }

    private static DemoEvent Before(int minutes, DemoAct act) => new(TimeSpan.FromMinutes(minutes), act, BeforeEnd: true);

    private static DemoEvent At(int day, int hour, int minute, DemoAct act) => new(new TimeSpan(day, hour, minute, 0), act);

    private static Monitoring Fires(string name, string instance, string severity, string summary, string description, string fleet = "eth.prod") =>
        new(name, [instance], severity, summary, description, fleet, Firing: true);

    private static Monitoring Ends(string name, params string[] instances) => new(name, instances, "", "", "", "eth.prod", Firing: false);
}

/// <param name="After">Since the first midnight, a Monday's; or how long before the end.</param>
/// <param name="Act">What happens.</param>
/// <param name="BeforeEnd">It counts from the end: what is still going on when the story is told.</param>
internal sealed record DemoEvent(TimeSpan After, DemoAct Act, bool BeforeEnd = false);

/// <summary>What somebody or something does, through the door that they would use.</summary>
internal abstract record DemoAct;

internal sealed record Says(string User, string Text) : DemoAct;

/// <summary>A press on the newest card with that title.</summary>
internal sealed record Presses(string User, string Action, string Title) : DemoAct;

internal sealed record Declares(string User, string Title, string Incident, string Severity, string Known) : DemoAct;

/// <summary>Puts words of one's own where a post-mortem asks for them.</summary>
internal sealed record WritesUp(string User, string Postmortem, params (string Asked, string Answer)[] Written) : DemoAct;

internal sealed record Monitoring(string Name, IReadOnlyList<string> Instances, string Severity, string Summary, string Description, string Fleet, bool Firing) : DemoAct;

/// <summary>A transaction of the demo's chain that touches something watched.</summary>
internal sealed record Mines(Address From, Address To, byte[] Input, bool Succeeded, IReadOnlyList<ChainLog> Logs) : DemoAct;

/// <summary>News of a bug report, as HackerOne posts it.</summary>
internal sealed record Reported(string Number, string Title, string State, string Severity, double Score, string Weakness, string Asset, string Reporter) : DemoAct;
