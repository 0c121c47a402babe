using System.Numerics;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>
/// The 2,048 bits in a block's header into which each log's address and topics are hashed (Yellow Paper, 4.3.1: three bits each). What is not in it is in no log of the block;
/// what seems to be in it may be there by chance.
/// </summary>
public sealed class LogBloom
{
    public const int Length = 256;

    private readonly byte[] _bits;

    public LogBloom()
        : this(new byte[Length])
    {
    }

    /// <param name="bits">256 bytes, which become this one's own.</param>
    public LogBloom(byte[] bits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits.Length, Length);
        _bits = bits;
    }

    public ReadOnlySpan<byte> Bits => _bits;

    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>How likely something that is in no log seems to be there, from 0 to 1. On blocks that are full of logs nearly one half.</summary>
    public double Chance
    {
        get
        {
            var set = 0;
            foreach (var each in _bits)
            {
                set += BitOperations.PopCount(each);
            }

            return Math.Pow(set / (8.0 * Length), 3);
        }
    }

    public void Add(Trace trace)
    {
        Set(trace.First);
        Set(trace.Second);
        Set(trace.Third);
    }

    public bool MayHold(Trace trace) => Has(trace.First) && Has(trace.Second) && Has(trace.Third);

    public bool Equals(LogBloom other) => Bits.SequenceEqual(other.Bits);

    private void Set(int bit) => _bits[Length - 1 - (bit >> 3)] |= (byte)(1 << (bit & 7));

    private bool Has(int bit) => (_bits[Length - 1 - (bit >> 3)] & (1 << (bit & 7))) != 0;

    /// <summary>The three bits of an address or a topic.</summary>
    public readonly record struct Trace(short First, short Second, short Third)
    {
        public static Trace Of(Address address)
        {
            Span<byte> bytes = stackalloc byte[Address.Length];
            address.Write(bytes);
            return Of(bytes);
        }

        public static Trace Of(Word topic)
        {
            Span<byte> bytes = stackalloc byte[Word.Length];
            topic.Write(bytes);
            return Of(bytes);
        }

        private static Trace Of(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[Word.Length];
            Keccak.Hash(bytes).Write(hash);
            return new(Bit(hash[0], hash[1]), Bit(hash[2], hash[3]), Bit(hash[4], hash[5]));
        }

        private static short Bit(byte high, byte low) => (short)(((high << 8) | low) & 2047);
    }
}
