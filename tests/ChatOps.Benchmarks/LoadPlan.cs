namespace ChatOps.Benchmarks;

/// <summary>How a load is sent. It ends with its last request or its last second, whichever comes first.</summary>
/// <param name="Connections">Requests that are under way at once.</param>
/// <param name="Requests">How many are measured.</param>
/// <param name="Longest">How long it may take.</param>
/// <param name="Rate">
/// Requests a second that fall due whether earlier ones were answered or not (open loop), each latency counted from when it was due; null: the next goes out when one is
/// answered (closed loop).
/// </param>
/// <param name="WarmUp">How many go first and are not measured: .NET compiles what runs often.</param>
internal sealed record LoadPlan(int Connections, int Requests, TimeSpan Longest, double? Rate, int WarmUp)
{
    public string Words =>
        $"{(Rate is { } rate ? $"open loop, {rate} requests/s" : "closed loop")}, {Connections} connections, {Requests} requests and {Longest.TotalSeconds} s at most, after {WarmUp} to warm up";
}
