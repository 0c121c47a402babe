using System.Numerics;
using System.Text;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>Random types of the ABI, values of them, and calldata that somebody tampered with.</summary>
internal static class AbiGenerators
{
    public static Gen<(AbiType.Tuple Types, AbiValue.List Values)> Arguments { get; } =
        from types in Parts(3, 0, 4)
        from values in Value(types)
        select (types, (AbiValue.List)values);

    private static Gen<AbiType> Elementary { get; } = Gen.OneOf(
        Gen.Choose(1, 32).Select(AbiType (size) => new AbiType.Number(8 * size, false)),
        Gen.Choose(1, 32).Select(AbiType (size) => new AbiType.Number(8 * size, true)),
        Gen.Choose(1, 32).Select(AbiType (size) => new AbiType.FixedBytes(size)),
        Gen.Elements<AbiType>(new AbiType.Account(), new AbiType.Truth(), new AbiType.Bytes(), new AbiType.Text()));

    public static byte[] Encode(AbiType.Tuple types, AbiValue.List values) => Abi.EncodeArguments(types.Name, [.. values.Values]);

    private static Gen<AbiType.Tuple> Parts(int depth, int least, int most) =>
        Gen.Choose(least, most).SelectMany(count => Type(depth).ListOf(count)).Select(types => new AbiType.Tuple([.. types.Select(type => new AbiParameter("", type))]));

    private static Gen<AbiType> Type(int depth) => depth == 0 ? Elementary : Gen.Frequency(
        (4, Elementary),
        (1, Type(depth - 1).Select(AbiType (element) => new AbiType.Array(element, null))),
        (1, Type(depth - 1).SelectMany(element => Gen.Choose(0, 3).Select(AbiType (count) => new AbiType.Array(element, count)))),
        (1, Parts(depth - 1, 0, 3).Select(AbiType (tuple) => tuple)));

    private static Gen<AbiValue> Value(AbiType type) => type switch
    {
        AbiType.Number number => Bytes(number.Size).Select(AbiValue (bytes) => new AbiValue.Number(new BigInteger(bytes, isUnsigned: !number.IsSigned, isBigEndian: true))),
        AbiType.Account => Bytes(Address.Length).Select(AbiValue (bytes) => new AbiValue.Account(new Address(bytes))),
        AbiType.Truth => Gen.Elements(true, false).Select(AbiValue (truth) => new AbiValue.Truth(truth)),
        AbiType.FixedBytes bytes => Bytes(bytes.Size).Select(AbiValue (value) => new AbiValue.Bytes(value)),
        AbiType.Bytes => Gen.Choose(0, 70).SelectMany(Bytes).Select(AbiValue (value) => new AbiValue.Bytes(value)),
        AbiType.Text => Gen.Elements("", "a", "ä€😀", new string('x', 32), new string('y', 45)).Select(AbiValue (text) => new AbiValue.Text(text)),
        AbiType.Array array => (array.Count is { } fix ? Gen.Constant(fix) : Gen.Choose(0, 4)).SelectMany(count => Value(array.Element).ListOf(count)).Select(AbiValue (list) => new AbiValue.List([.. list])),
        AbiType.Tuple tuple => Sequence(tuple.Parts.Select(part => Value(part.Type))).Select(AbiValue (list) => new AbiValue.List(list)),
        _ => throw new InvalidOperationException(type.Name),
    };

    private static Gen<byte[]> Bytes(int count) => Gen.OneOf(
        Gen.Choose(0, 255).ListOf(count).Select(bytes => bytes.Select(each => (byte)each).ToArray()),
        Gen.Elements<byte>(0, 1, 0x7f, 0x80, 0xff).ListOf(count).Select(bytes => bytes.ToArray()));

    private static Gen<List<AbiValue>> Sequence(IEnumerable<Gen<AbiValue>> values) => values.Aggregate(
        Gen.Constant(new List<AbiValue>()), (before, value) => from list in before from next in value select list.Append(next).ToList());

    public static string Show((AbiType.Tuple Types, AbiValue.List Values) arguments) =>
        new StringBuilder().Append(arguments.Types.Name).Append(' ').Append(Convert.ToHexStringLower(Encode(arguments.Types, arguments.Values))).ToString();
}
