using ChatOps.Tests.Scenarios;

namespace ChatOps.Tests;

/// <summary>What the tests start as a process of its own, because they kill it or need a plain thread. The test runner does not come by here.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args switch
    {
        ["bot-child"] => await BotChild.Run(),
        ["replica-child", .. var settings] => await ReplicaChild.Run(settings),
        _ => 2,
    };
}
