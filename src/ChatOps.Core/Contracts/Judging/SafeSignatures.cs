using System.Text;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Who has signed what a Safe carries out: the addresses that its signatures give, as the Safe itself reads them.</summary>
internal static class SafeSignatures
{
    private const int Length = 65;
    private const int Most = 50;

    private static readonly Word Success = Keccak.Hash("ExecutionSuccess(bytes32,uint256)");
    private static readonly Word Failure = Keccak.Hash("ExecutionFailure(bytes32,uint256)");
    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");

    /// <summary>Of a transaction that calls a Safe itself; null: it is none, or the Safe did not say what it carried out.</summary>
    /// <param name="touching">With the log in which the Safe names the hash that was signed.</param>
    /// <param name="call">The same decoded.</param>
    public static (Address Safe, Word Hash, IReadOnlyList<Address> Signers, bool IsDone)? Of(TouchingTransaction touching, DecodedCall call)
    {
        if (call is not { Name: "execTransaction", To: { } safe, Arguments: [.., { Value: AbiValue.Bytes signatures }] }
            || touching.Receipt.Logs.Where(log => log.Address == safe && log.Topics.Count > 0 && (log.Topics[0] == Success || log.Topics[0] == Failure)).ToList() is not [var said]
            || (said.Topics.Count == 1 && said.Data.Length < Word.Length))
        {
            return null;
        }

        // Versions differ in whether the hash is indexed.
        var hash = said.Topics.Count > 1 ? said.Topics[1] : new Word(said.Data.Span[..Word.Length]);
        return (safe, hash, Signers(hash, signatures.Value.Span), said.Topics[0] == Success);
    }

    /// <summary>In the order in which they stand there, which is that of their addresses.</summary>
    public static IReadOnlyList<Address> Signers(Word hash, ReadOnlySpan<byte> signatures)
    {
        var found = new List<Address>();
        var end = signatures.Length;
        for (var at = 0; at + Length <= end && found.Count < Most; at += Length)
        {
            var r = signatures.Slice(at, 32);
            var s = signatures.Slice(at + 32, 32);
            var v = signatures[at + 64];
            if (v == 0 && new Word(s).ToNumber() is var offset && offset < end)
            {
                // A contract's own signature stands behind all others.
                end = (int)offset;
            }

            var signer = v is 0 or 1 ? new Word(r).ToAddress() : v > 30 ? Recover(Prefixed(hash), r, s, v - 31) : Recover(hash, r, s, v - 27);
            if (signer is { } known)
            {
                found.Add(known);
            }
        }

        return found;
    }

    private static Word Prefixed(Word hash) => Keccak.Hash([.. Encoding.ASCII.GetBytes("\u0019Ethereum Signed Message:\n32"), .. hash.ToBytes()]);

    /// <summary>Whose key made a signature; null: nobody's.</summary>
    private static Address? Recover(Word hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int parity)
    {
        var (first, second, order) = (new BigInteger(1, r.ToArray()), new BigInteger(1, s.ToArray()), Curve.N);
        if (parity is not (0 or 1) || first.SignValue == 0 || second.SignValue == 0 || first.CompareTo(order) >= 0 || second.CompareTo(order) >= 0)
        {
            return null;
        }

        try
        {
            var point = Curve.Curve.DecodePoint([(byte)(2 + parity), .. r]);
            var inverse = first.ModInverse(order);
            var left = new BigInteger(1, hash.ToBytes()).Negate().Multiply(inverse).Mod(order);
            var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, left, point, second.Multiply(inverse).Mod(order)).Normalize();
            return key.IsInfinity ? null : new Address(Keccak.Hash(key.GetEncoded(false).AsSpan(1)).ToBytes().AsSpan(12));
        }
        catch (ArgumentException)
        {
            // No point of the curve.
            return null;
        }
    }
}
