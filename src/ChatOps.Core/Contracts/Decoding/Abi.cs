namespace ChatOps.Core.Contracts.Decoding;

/// <summary>The contract ABI for who has a signature in the code. Throws <see cref="FormatException"/> and <see cref="ArgumentException"/> where the code is wrong.</summary>
public static class Abi
{
    /// <summary>Calldata: the selector and the arguments.</summary>
    /// <param name="signature">Such as transfer(address,uint256); names may stand in it.</param>
    /// <param name="values">One an input: <see cref="Address"/>, <see cref="Word"/>, whole numbers, bool, string, bytes, lists of these, <see cref="AbiValue"/>. A list that is the only one goes in brackets: <c>[list]</c>.</param>
    public static byte[] Encode(string signature, params IReadOnlyList<object> values) => AbiFunction.Parse(signature).Encode(values);

    /// <summary>Arguments without a selector, as what is returned or not indexed.</summary>
    /// <param name="types">Such as (address,uint256[]).</param>
    /// <param name="values">One a type.</param>
    public static byte[] EncodeArguments(string types, params IReadOnlyList<object> values) => AbiWriter.Write(Parameters(types), values);

    /// <summary>Reads data without a selector: what a call returned, what an event has not indexed.</summary>
    /// <param name="types">Such as (address owner, uint256[] amounts).</param>
    /// <param name="data">Anything.</param>
    public static AbiReading Decode(string types, ReadOnlyMemory<byte> data) => AbiReader.Read(Parameters(types), data, new DecodingBudget());

    private static List<AbiParameter> Parameters(string types) => AbiText.Whole(types, (ref AbiText text) => text.Parameters());
}
