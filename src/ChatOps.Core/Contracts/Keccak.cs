using Org.BouncyCastle.Crypto.Digests;

namespace ChatOps.Core.Contracts;

/// <summary>Keccak-256 as Ethereum uses it: the padding from before it became SHA-3.</summary>
public static class Keccak
{
    [ThreadStatic]
    private static KeccakDigest? _digest;

    public static Word Hash(ReadOnlySpan<byte> bytes)
    {
        var digest = _digest ??= new KeccakDigest(256);
        Span<byte> hash = stackalloc byte[Word.Length];
        digest.BlockUpdate(bytes);
        digest.DoFinal(hash);
        return new Word(hash);
    }

    /// <summary>Of a text in UTF-8, such as a signature.</summary>
    public static Word Hash(string text) => Hash(System.Text.Encoding.UTF8.GetBytes(text));
}
