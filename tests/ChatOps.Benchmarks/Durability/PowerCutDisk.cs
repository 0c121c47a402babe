using ChatOps.Storage.LiteDb;

namespace ChatOps.Benchmarks.Durability;

/// <summary>
/// A disk in memory that remembers every write, truncation and fsync in order, so that a test can ask what a power cut after any of them
/// may have left: all that was fsynced, and of the rest whatever a throw of dice keeps, page by page.
/// </summary>
internal sealed class PowerCutDisk(byte[]? data = null, byte[]? log = null)
{
    private readonly Lock _lock = new();
    private readonly List<Step> _steps = [];
    private readonly byte[][] _first = [data ?? [], log ?? []];

    private enum What
    {
        Write,
        Truncate,
        Sync,
        Mark,
    }

    public int Steps => _steps.Count;

    public int Writes => _steps.Count(step => step.What == What.Write);

    public int Syncs => _steps.Count(step => step.What == What.Sync);

    /// <summary>How often something was read since the start.</summary>
    public int Reads { get; private set; }

    /// <summary>What every access throws from now on, when set.</summary>
    public IOException? Failure { get; set; }

    /// <summary>Called before each fsync, which takes as long as this does.</summary>
    public Action Syncing { get; set; } = () => { };

    public DatabaseFiles Open() => new("simulated.db", new MemoryFile(this, 0), new MemoryFile(this, 1));

    /// <summary>Notes that a caller was told of this number.</summary>
    public void Mark(long number)
    {
        lock (_lock)
        {
            _steps.Add(new Step(0, What.Mark, number, []));
        }
    }

    /// <param name="at">The power goes after so many steps.</param>
    /// <param name="dice">Decides about what was not fsynced.</param>
    /// <param name="lying">True for a disk whose fsync does nothing.</param>
    public (PowerCutDisk Disk, HashSet<long> Marked) Cut(int at, Random dice, bool lying = false)
    {
        var left = _first.Select(bytes => new Image(bytes)).ToArray();
        for (var file = 0; file < left.Length; file++)
        {
            var safe = lying ? -1 : _steps.FindLastIndex(at - 1, at, step => step.File == file && step.What == What.Sync);
            for (var i = 0; i < at; i++)
            {
                var step = _steps[i];
                if (step.File == file && step.What is What.Write or What.Truncate && (i < safe || dice.Next(2) == 0))
                {
                    left[file].Apply(step);
                }
            }
        }

        var marked = _steps.Take(at).Where(step => step.What == What.Mark).Select(step => step.Position).ToHashSet();
        return (new PowerCutDisk(left[0].Bytes(), left[1].Bytes()), marked);
    }

    private readonly record struct Step(int File, What What, long Position, byte[] Bytes);

    private sealed class Image(byte[] first)
    {
        private byte[] _bytes = (byte[])first.Clone();

        public int Length { get; private set; } = first.Length;

        public void Apply(Step step)
        {
            var end = (int)step.Position + step.Bytes.Length;
            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
            }

            if (step.What == What.Truncate)
            {
                if (end < Length)
                {
                    Array.Clear(_bytes, end, Length - end);
                }

                Length = end;
                return;
            }

            step.Bytes.CopyTo(_bytes, step.Position);
            Length = Math.Max(Length, end);
        }

        public int Read(Span<byte> into, long position)
        {
            var count = (int)Math.Clamp(Length - position, 0, into.Length);
            _bytes.AsSpan((int)Math.Min(position, Length), count).CopyTo(into);
            return count;
        }

        public byte[] Bytes() => _bytes[..Length];
    }

    private sealed class MemoryFile(PowerCutDisk disk, int file) : IDiskFile
    {
        private readonly Image _image = new(disk._first[file]);

        public long Length
        {
            get
            {
                lock (disk._lock)
                {
                    return _image.Length;
                }
            }
        }

        public int Read(Span<byte> into, long position)
        {
            lock (disk._lock)
            {
                disk.Reads++;
                return _image.Read(into, position);
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long position) => Take(new Step(file, What.Write, position, bytes.ToArray()));

        public void SetLength(long length) => Take(new Step(file, What.Truncate, length, []));

        public void Sync()
        {
            disk.Syncing();
            Take(new Step(file, What.Sync, 0, []));
        }

        public void Dispose()
        {
        }

        private void Take(Step step)
        {
            lock (disk._lock)
            {
                if (disk.Failure is { } failure)
                {
                    throw failure;
                }

                disk._steps.Add(step);
                if (step.What != What.Sync)
                {
                    _image.Apply(step);
                }
            }
        }
    }
}
