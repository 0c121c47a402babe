namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// How much may be read of one transaction, all calls inside it together: a unit is a value, or 32 bytes of a text. Encoded as it should be, calldata never has
/// more units than words, but offsets that point at one place many times make much of little.
/// </summary>
/// <param name="units">Two megabytes of calldata by default; the largest transactions that nodes pass on have 128 kB.</param>
public sealed class DecodingBudget(int units = 65_536)
{
    public int Left { get; private set; } = units;

    public bool Take(long units)
    {
        if (units > Left)
            return false;

        Left -= (int)units;
        return true;
    }
}
