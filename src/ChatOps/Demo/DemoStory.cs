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

        yield return At(2, 11, 0, Fires("MultisigTransaction", "community multisig", "warning", "A transaction was submitted to the community multisig", "submitTransaction by a known owner, 1 of 3 confirmations; the payout list of this week names it", "contracts"));
        yield return At(2, 11, 20, new Presses("igor", "ack", "MultisigTransaction"));
        yield return At(2, 11, 21, new Says("igor", "/alert note it is on this week's payout list: normal"));
        yield return At(2, 11, 22, new Presses("igor", "resolve", "MultisigTransaction"));

        yield return At(3, 22, 41, Fires("DiskFillsUp", "mail-02.do-ams3.eth.prod", "warning", "Disk is 91 % full", "/data on mail-02.do-ams3.eth.prod fills up in 9 hours"));
        yield return At(3, 22, 44, Fires("DiskFillsUp", "mail-03.do-ams3.eth.prod", "warning", "Disk is 91 % full", "/data on mail-03.do-ams3.eth.prod fills up in 11 hours"));
        yield return At(3, 22, 58, new Presses("igor", "ack", "DiskFillsUp"));
        yield return At(4, 0, 30, Ends("DiskFillsUp", "mail-02.do-ams3.eth.prod", "mail-03.do-ams3.eth.prod"));

        yield return At(5, 9, 3, Fires("ReportTriaged", "report 214", "warning", "A bug report was validated: wallet shows a wrong fee", "Handle it within 24 hours: take it, and make an issue for the right swarm", "hackerone"));
        yield return At(5, 9, 40, new Presses("igor", "ack", "ReportTriaged"));
        yield return At(5, 15, 2, new Says("igor", "/alert note made an issue for the wallet swarm"));
        yield return At(5, 15, 3, new Presses("igor", "resolve", "ReportTriaged"));

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

        yield return At(9, 16, 45, Fires("ContractCallUnknown", "SNT controller", "critical", "A function that no rule knows was called on the SNT controller", "selector 0x3cebb823 from an address that is no owner; the transaction failed", "contracts"));
        yield return At(9, 16, 52, new Presses("corey", "escalate", "ContractCallUnknown"));
        yield return At(9, 16, 55, new Presses("jakub", "ack", "ContractCallUnknown"));
        yield return At(9, 17, 20, new Says("jakub", "/alert note changeController from a stranger; it fails without the owner's key: abnormal but harmless"));
        yield return At(9, 17, 21, new Presses("jakub", "resolve", "ContractCallUnknown"));

        yield return At(11, 13, 30, Fires("CertificateExpires", "canary.infra", "info", "Certificate expires in 13 days", "The renewal of canary.infra failed twice"));
        yield return At(11, 13, 50, new Presses("corey", "ack", "CertificateExpires"));
        yield return At(11, 14, 40, Ends("CertificateExpires", "canary.infra"));
        yield return At(12, 10, 0, new Says("corey", "/postmortem publish P-1"));
        yield return Before(45, Fires("PeersLow", "boot-01.do-ams3.eth.prod", "warning", "Boot node has few peers", "boot-01 sees 7 peers, 25 are usual"));
        yield return Before(31, new Presses("corey", "ack", "PeersLow"));
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

internal sealed record Monitoring(string Name, IReadOnlyList<string> Instances, string Severity, string Summary, string Description, string Fleet, bool Firing) : DemoAct;
