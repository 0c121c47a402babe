using ChatOps.Core.Decisions;
using NodaTime;

namespace ChatOps.Tests.Core;

public sealed class DueRunnerTests
{
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 23, 10, 0);

    [Fact]
    public async Task Work_that_fails_keeps_no_other_from_being_done_and_is_told_of_afterwards()
    {
        var wakeUps = new Noted();
        var (last, fault) = (new Work(), new InvalidDataException("It is broken."));
        using var runner = new DueRunner([new Work(fault), last], wakeUps);
        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => runner.Run(CancellationToken.None)));
        Assert.Equal((1, Later), (last.Runs, wakeUps.Due));
    }

    private sealed class Work(Exception? fault = null) : IDueWork
    {
        public int Runs { get; private set; }

        public Task<Instant?> RunDue(CancellationToken cancel)
        {
            Runs++;
            return fault is null ? Task.FromResult<Instant?>(Later) : throw fault;
        }
    }

    private sealed class Noted : IWakeUps
    {
        public Instant? Due { get; private set; }

        public void Deliver()
        {
        }

        public void DueAt(Instant instant) => Due = instant;
    }
}
