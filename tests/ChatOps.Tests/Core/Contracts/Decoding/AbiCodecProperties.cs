using System.Buffers.Binary;
using ChatOps.Core.Contracts.Decoding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>What holds for every type, every value and every calldata.</summary>
public sealed class AbiCodecProperties
{
    [Property(MaxTest = 1500)]
    public Property What_was_encoded_is_read_back_without_an_oddity() => Prop.ForAll(AbiGenerators.Arguments.ToArbitrary(), arguments =>
    {
        var reading = Abi.Decode(arguments.Types.Name, AbiGenerators.Encode(arguments.Types, arguments.Values));
        return (reading.Oddities.Count == 0 && reading.Arguments.Select(argument => argument.Value).SequenceEqual(arguments.Values.Values)).Label(AbiGenerators.Show(arguments));
    });

    /// <summary>The proof that the reader sees whatever is not canonical: it is silent exactly where encoding again gives the same bytes.</summary>
    [Property(MaxTest = 4000)]
    public Property Calldata_has_no_oddity_exactly_when_encoding_it_again_gives_the_same_bytes() => Prop.ForAll(
        AbiGenerators.Arguments.ToArbitrary(),
        Gen.Choose(0, int.MaxValue).Three().ToArbitrary(),
        (arguments, tampering) =>
        {
            var data = Tampered(AbiGenerators.Encode(arguments.Types, arguments.Values), tampering.Item1, tampering.Item2, tampering.Item3);
            var reading = Abi.Decode(arguments.Types.Name, data);
            if (reading.Arguments.Count < arguments.Types.Parts.Count)
                return reading.Oddities.Any(oddity => oddity.Kind is OddityKind.Undecodable or OddityKind.TooLarge);

            var again = Abi.EncodeArguments(arguments.Types.Name, [.. reading.Arguments.Select(argument => argument.Value)]);
            return (reading.Oddities.Count == 0) == again.AsSpan().SequenceEqual(data);
        });

    [Property(MaxTest = 300)]
    public void Random_bytes_are_read_by_every_bundled_function_and_event_without_an_exception(byte[] bytes, byte[] more)
    {
        var data = bytes.Concat(new byte[64]).Concat(more).ToArray();
        foreach (var abi in BundledAbis.All)
        {
            Assert.All(abi.Functions, function => Assert.NotNull(function.DecodeArguments(data)));
            Assert.All(abi.Events, found => Assert.NotNull(found.Decode([found.Topic, found.Topic, found.Topic], data)));
        }
    }

    // A byte changed, a whole word set to a small number (where offsets and lengths live), cut, or made longer.
    private static byte[] Tampered(byte[] data, int how, int where, int what)
    {
        switch (how % 5)
        {
            case 0 when data.Length > 0:
                data[where % data.Length] = (byte)what;
                return data;
            case 1 or 2 when data.Length >= 32:
                var word = data.AsSpan(where % (data.Length / 32) * 32, 32);
                word.Clear();
                BinaryPrimitives.WriteInt32BigEndian(word[28..], what % 12 * (how % 2 == 0 ? 32 : 1));
                return data;
            case 3:
                return data[..(where % (data.Length + 1))];
            default:
                return [.. data, .. new byte[what % 40]];
        }
    }
}
