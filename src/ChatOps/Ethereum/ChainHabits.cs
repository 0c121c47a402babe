namespace ChatOps.Ethereum;

/// <summary>What reading blocks has taught about a chain.</summary>
internal sealed class ChainHabits
{
    private const int GoodBytes = 2 * 1024 * 1024;
    private const int MostBlocks = 50;
    private const int FirstBlocks = 10;

    private volatile int _goodCount = FirstBlocks;
    private volatile bool _keepsBlooms = true;

    /// <summary>False on chains that leave the bloom of a block with logs empty: nothing can be told from it there.</summary>
    public bool KeepsBlooms
    {
        get => _keepsBlooms;
        set => _keepsBlooms = value;
    }

    /// <summary>How many blocks make an answer of some two megabytes: large enough to be quick, small enough to hold several.</summary>
    public int GoodCount => _goodCount;

    public void Learn(int blocks, long bytes) => _goodCount = (int)Math.Clamp(GoodBytes / Math.Max(1, bytes / blocks), 1, MostBlocks);
}
