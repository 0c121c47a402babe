using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatOps.Core.Contracts;

namespace ChatOps.Ethereum.Parsing;

/// <summary>A log's topics in one piece: there are hundreds of logs in a block, and nearly all are only looked at.</summary>
internal record struct Topics
{
    private const int Most = 4;

    private Places _places;

    public int Count { get; private set; }

    public readonly Word this[int place] => _places[place];

    public void Add(Word topic)
    {
        if (Count == Most)
        {
            throw new JsonException("a log has more than four topics");
        }

        _places[Count++] = topic;
    }

    public readonly List<Word> ToList()
    {
        var list = new List<Word>(Count);
        for (var place = 0; place < Count; place++)
        {
            list.Add(_places[place]);
        }

        return list;
    }

    [InlineArray(Most)]
    private struct Places
    {
        private Word _first;
    }
}
