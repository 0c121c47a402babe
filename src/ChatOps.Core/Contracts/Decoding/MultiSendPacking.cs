using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// The batch of a Safe: entries without padding, each one byte operation, 20 to, 32 value, 32 length of data, and the data. The contract does not look where the
/// bytes end: what it reads beyond them is whatever stands in its memory, so that a batch that does not end with an entry is more than its readers see.
/// </summary>
internal static class MultiSendPacking
{
    private const int Head = 1 + Address.Length + Word.Length + Word.Length;

    public static InnerCalls Read(ReadOnlyMemory<byte> batch)
    {
        List<InnerCall> calls = [];
        List<Oddity> oddities = [];
        var rest = batch;

        // One more than is read, so that the reading of the calls says that there are too many.
        while (!rest.IsEmpty && calls.Count <= CallDecoder.MaxCalls)
        {
            var length = rest.Length < Head ? BigInteger.MinusOne : new Word(rest.Span.Slice(Head - Word.Length, Word.Length)).ToNumber();
            if (length.Sign < 0 || length > rest.Length - Head)
            {
                oddities.Add(new(OddityKind.Undecodable, $"the last {rest.Length} bytes of the batch are no whole entry"));
                break;
            }

            var operation = rest.Span[0];
            var to = new Address(rest.Span.Slice(1, Address.Length));
            if (operation > 1)
            {
                oddities.Add(new(OddityKind.Undecodable, $"entry {calls.Count} has the operation {operation}, neither a call nor a delegatecall"));
            }

            if (to.IsZero)
            {
                oddities.Add(new(OddityKind.NotCanonical, $"entry {calls.Count} names no address: newer MultiSend contracts take that for the Safe itself"));
            }

            calls.Add(new(to, new Word(rest.Span.Slice(1 + Address.Length, Word.Length)).ToNumber(), rest.Slice(Head, (int)length), IsDelegate: operation != 0));
            rest = rest[(Head + (int)length)..];
        }

        return new(calls, oddities.Count > 8 ? oddities[..8] : oddities);
    }
}
