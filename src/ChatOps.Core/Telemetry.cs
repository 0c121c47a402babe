using System.Diagnostics.Metrics;

namespace ChatOps.Core;

/// <summary>What the program counts of itself; the host exports the meter at /metrics.</summary>
public static class Telemetry
{
    public const string MeterName = "ChatOps";

    private static readonly Meter Meter = new(MeterName);

    public static Counter<long> Deliveries { get; } =
        Meter.CreateCounter<long>("chatops_deliveries", description: "Messages handed to a chat platform, by platform and result.");

    public static Counter<long> Commands { get; } =
        Meter.CreateCounter<long>("chatops_commands", description: "Commands, buttons and forms handled, by command and outcome.");

    public static Counter<long> Signals { get; } =
        Meter.CreateCounter<long>("chatops_signals", description: "Alerts received from monitoring, by source and result.");

    public static Counter<long> Escalations { get; } =
        Meter.CreateCounter<long>("chatops_escalations", description: "Escalation steps told, by policy.");

    public static Counter<long> Reports { get; } =
        Meter.CreateCounter<long>("chatops_reports", description: "Bug reports that were new or changed, by source and result.");

    public static Counter<long> ReportWrites { get; } =
        Meter.CreateCounter<long>("chatops_report_writes", description: "What was to be written to inboxes and issue trackers, by kind and result.");

    public static Counter<long> SlackFaults { get; } =
        Meter.CreateCounter<long>("chatops_slack_faults", description: "Calls of Slack's API that did not do what was asked, by method and fault.");

    public static Counter<long> SlackReconnects { get; } =
        Meter.CreateCounter<long>("chatops_slack_reconnects", description: "Sockets to Slack that another took the place of, by reason.");

    public static Counter<long> ChainBlocks { get; } =
        Meter.CreateCounter<long>("chatops_chain_blocks", description: "Blocks read to their end, by chain.");

    public static Counter<long> ChainRequests { get; } =
        Meter.CreateCounter<long>("chatops_chain_requests", description: "HTTP requests to JSON-RPC endpoints, by chain, endpoint and outcome.");

    public static Counter<long> ChainReorgs { get; } =
        Meter.CreateCounter<long>("chatops_chain_reorgs", description: "Times that blocks which were read left the chain, by chain.");
}
