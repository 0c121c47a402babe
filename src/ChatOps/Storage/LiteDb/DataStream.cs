namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The data file as LiteDB wants it: a stream. LiteDB flushes it at the end of a checkpoint with <see cref="Flush"/>, which must reach the
/// disk before the log is emptied; for a plain FileStream behind its wrapper that would be no more than a flush of our own buffer.
/// </summary>
internal class DataStream(IDiskFile file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => File.Length;

    public override long Position { get; set; }

    protected IDiskFile File { get; } = file;

    public override void Flush() => File.Sync();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = File.Read(buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        File.Write(buffer.AsSpan(offset, count), Position);
        Position += count;
    }

    public override void SetLength(long value) => File.SetLength(value);

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };
}
