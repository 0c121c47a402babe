namespace ChatOps.Core.Contracts.Chains;

/// <summary>Where a transaction without a receiver puts the contract that it creates.</summary>
public static class CreatedContract
{
    /// <summary>The last 20 bytes of keccak(rlp([sender, nonce])).</summary>
    public static Address AddressOf(Address sender, long nonce)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(number, nonce);
        var digits = number.TrimStart((byte)0);

        // A list of at most 30 bytes: 0xc0 + length; a text of 20: 0x80 + 20; a number below 128 is itself, a longer one 0x80 + length, zero the empty text.
        Span<byte> rlp = stackalloc byte[2 + Address.Length + 1 + sizeof(long)];
        rlp[1] = 0x80 + Address.Length;
        sender.Write(rlp[2..]);
        var end = 2 + Address.Length;
        if (digits.Length != 1 || digits[0] >= 0x80)
        {
            rlp[end++] = (byte)(0x80 + digits.Length);
        }

        digits.CopyTo(rlp[end..]);
        end += digits.Length;
        rlp[0] = (byte)(0xc0 + end - 1);
        Span<byte> hash = stackalloc byte[Word.Length];
        Keccak.Hash(rlp[..end]).Write(hash);
        return new Address(hash[12..]);
    }
}
