using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>
/// The line under a socket. Frozen, it stays open and carries nothing either way, not even the answer to a ping: what is left of a connection when the other
/// machine is gone without a word.
/// </summary>
internal sealed class FreezableLine(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    private readonly TaskCompletionSource _thawed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsFrozen { get; private set; }

    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>The middleware; it comes before the one that speaks WebSocket.</summary>
    public static Task Put(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            var line = new FreezableLine(upgrade);
            context.Features.Set<IHttpUpgradeFeature>(line);
            context.Features.Set(line);
        }

        return next(context);
    }

    public void Freeze() => IsFrozen = true;

    /// <summary>Lets go of whoever waits; the line itself is then closed.</summary>
    public void End() => _thawed.TrySetResult();

    /// <summary>Ends at once on a good line, and on a frozen one when it is closed.</summary>
    public Task UntilEnd() => IsFrozen ? _thawed.Task : Task.CompletedTask;

    public async Task<Stream> UpgradeAsync() => new Wire(await upgrade.UpgradeAsync(), this);

    private sealed class Wire(Stream inner, FreezableLine line) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var read = await inner.ReadAsync(buffer, cancellationToken);
                if (!line.IsFrozen)
                {
                    return read;
                }

                if (read == 0)
                {
                    await line.UntilEnd();
                    return 0;
                }
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            line.IsFrozen ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => line.IsFrozen ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !line.IsFrozen)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
