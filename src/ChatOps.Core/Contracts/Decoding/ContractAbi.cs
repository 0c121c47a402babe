using System.Buffers.Binary;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>What a contract can be asked to do and what it says about it. It changes nothing about a contract: two that have the same functions may mean different things.</summary>
public sealed class ContractAbi
{
    private readonly Dictionary<uint, AbiFunction> _functions = [];
    private readonly ILookup<Word, AbiEvent> _events;

    /// <param name="name">As settings and people call it.</param>
    /// <param name="functions">Of two with one selector the first counts.</param>
    /// <param name="events">There may be several with one topic that differ in what is indexed.</param>
    public ContractAbi(string name, IEnumerable<AbiFunction> functions, IEnumerable<AbiEvent> events)
    {
        (Name, Functions, Events) = (name, [.. functions], [.. events]);
        foreach (var function in Functions)
        {
            _functions.TryAdd(function.Number, function);
        }

        _events = Events.ToLookup(found => found.Topic);
    }

    public string Name { get; }

    public IReadOnlyList<AbiFunction> Functions { get; }

    public IReadOnlyList<AbiEvent> Events { get; }

    /// <summary>The function that calldata asks for, or null.</summary>
    public AbiFunction? FunctionOf(ReadOnlySpan<byte> calldata) =>
        calldata.Length >= 4 && _functions.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(calldata), out var function) ? function : null;

    /// <summary>By name or by whole signature; null where there is none, or several of that name.</summary>
    public AbiFunction? Function(string nameOrSignature) =>
        Functions.Where(function => function.Signature == nameOrSignature || function.Name == nameOrSignature).Take(2).ToList() is [var only] ? only : null;

    public IEnumerable<AbiEvent> EventsOf(Word topic) => _events[topic];
}
