using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>LiteDB on two files that nobody else uses meanwhile, for work on them as a whole. It leaves the files open.</summary>
internal sealed class PlainEngine : IDisposable
{
    private readonly IDiskFile _data;
    private readonly LogStream _log;

    public PlainEngine(IDiskFile data, IDiskFile log)
    {
        (_data, _log) = (data, new LogStream(log));
        Engine = new LiteEngine(new EngineSettings { DataStream = new DataStream(data), LogStream = _log, Collation = Collation.Binary });
    }

    public LiteEngine Engine { get; }

    /// <summary>Does the work and leaves all of it in the data file, synced, and the log empty.</summary>
    public static void Run(IDiskFile data, IDiskFile log, Action<LiteEngine> work)
    {
        using var plain = new PlainEngine(data, log);
        work(plain.Engine);
        plain.Settle();
    }

    public void Settle()
    {
        _log.WaitWritten(Engine.LogLength());
        _log.Sync();
        Engine.Checkpoint();
        _log.ThrowIfFailed();
        _data.Sync();
    }

    public void Dispose() => Engine.Dispose();
}
