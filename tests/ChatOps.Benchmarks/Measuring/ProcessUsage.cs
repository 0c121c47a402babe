using System.Globalization;

namespace ChatOps.Benchmarks.Measuring;

/// <summary>What Linux says of a process (proc(5)).</summary>
/// <param name="Cpu">Its time on all cores, in user and kernel mode, in steps of 10 ms.</param>
/// <param name="Memory">What is resident, in bytes.</param>
/// <param name="Peak">The most that was, in bytes.</param>
internal sealed record ProcessUsage(TimeSpan Cpu, long Memory, long Peak)
{
    // What /proc counts in, whatever the kernel's own clock: sysconf(_SC_CLK_TCK).
    private const double TicksPerSecond = 100;

    // Fields 14 and 15 of the line; the name before them is in brackets and may hold spaces.
    private const int User = 14 - 3;
    private const int Kernel = 15 - 3;

    public static ProcessUsage? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var status = File.ReadAllLines($"/proc/{pid}/status");
            return new ProcessUsage(TimeSpan.FromSeconds((Number(fields[User]) + Number(fields[Kernel])) / TicksPerSecond), Bytes(status, "VmRSS:"), Bytes(status, "VmHWM:"));
        }
        catch (IOException)
        {
            return null; // no such process, or no /proc
        }
    }

    /// <summary>Lets the peak start anew. Where that is not allowed it stays the peak since the process began.</summary>
    public static void ForgetPeak(int pid)
    {
        try
        {
            File.WriteAllText($"/proc/{pid}/clear_refs", "5");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another user's process.
        }
    }

    private static long Bytes(string[] status, string name) =>
        1024 * Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
