using System.Text;
using System.Text.Json;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>Reads an ABI as the compiler writes it: a list of entries, or an object that has one as <c>abi</c>.</summary>
public static class AbiJson
{
    private const int MostEntries = 2_000;

    /// <summary>All that is wrong at once, each with its line; only an ABI without faults is there.</summary>
    /// <param name="name">As settings and people call it.</param>
    /// <param name="json">The text of the file.</param>
    public static AbiJsonReading Read(string name, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        List<AbiFunction> functions = [];
        List<AbiEvent> events = [];
        List<string> faults = [];
        try
        {
            foreach (var (entry, at) in Entries(bytes))
            {
                try
                {
                    Read(entry, functions, events);
                }
                catch (FormatException reason)
                {
                    faults.Add($"line {Line(bytes, at)}: {reason.Message}");
                }
                catch (InvalidOperationException)
                {
                    // JSON may hold half a character, which no .NET string does.
                    faults.Add($"line {Line(bytes, at)}: it has a text that is no Unicode");
                }
            }
        }
        catch (JsonException fault)
        {
            faults.Add($"line {fault.LineNumber + 1}: this is no JSON");
        }
        catch (FormatException reason)
        {
            faults.Add(reason.Message);
        }

        foreach (var same in functions.GroupBy(function => function.Number).Where(same => same.DistinctBy(function => function.Signature).Count() > 1))
        {
            faults.Add($"{string.Join(" and ", same.Select(function => function.Signature).Distinct())} have the same selector {same.First().Selector}");
        }

        return new(faults.Count == 0 ? new(name, functions, events) : null, faults);
    }

    private static List<(JsonElement Entry, long At)> Entries(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !reader.ValueTextEquals("abi"))
            {
                reader.Skip();
            }

            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("an ABI is a list of functions and events, or an object that has one as abi");

        List<(JsonElement, long)> entries = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (entries.Count == MostEntries)
                throw new FormatException($"it has more than {MostEntries} entries");

            var at = reader.TokenStartIndex;
            entries.Add((JsonElement.ParseValue(ref reader), at));
        }

        while (reader.Read())
        {
            reader.Skip();
        }

        return entries;
    }

    private static int Line(byte[] json, long at) => json.AsSpan(0, (int)at).Count((byte)'\n') + 1;

    private static void Read(JsonElement entry, List<AbiFunction> functions, List<AbiEvent> events)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw new FormatException("an entry of an ABI is an object");

        // Before 2018 an entry without a type was a function.
        switch (Text(entry, "type") ?? "function")
        {
            case "function":
                var mutability = Text(entry, "stateMutability");
                functions.Add(new AbiFunction(Name(entry), Parameters(entry, "inputs", 0), Parameters(entry, "outputs", 0))
                {
                    IsView = mutability is "view" or "pure" || IsTrue(entry, "constant"),
                    IsPayable = mutability == "payable" || IsTrue(entry, "payable"),
                });
                break;
            case "event" when !IsTrue(entry, "anonymous"):
                var found = new AbiEvent(Name(entry), Parameters(entry, "inputs", 0));
                events.Add(found.Indexed <= 3 ? found : throw new FormatException($"{found.Signature} has more than three indexed parameters"));
                break;
            case "event" or "constructor" or "fallback" or "receive" or "error":
                break;
            case var other:
                throw new FormatException($"{other} is no type of an entry: function, event, constructor, fallback, receive and error are");
        }
    }

    private static List<AbiParameter> Parameters(JsonElement entry, string property, int depth)
    {
        if (!entry.TryGetProperty(property, out var list) || list.ValueKind == JsonValueKind.Null)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{property} is a list");

        return [.. list.EnumerateArray().Select(parameter => Parameter(parameter, depth))];
    }

    private static AbiParameter Parameter(JsonElement parameter, int depth)
    {
        if (parameter.ValueKind != JsonValueKind.Object || Text(parameter, "type") is not { } type)
            throw new FormatException("a parameter is an object with a type");
        if (depth > AbiType.MaxDepth)
            throw new FormatException($"types stand more than {AbiType.MaxDepth} deep in one another");

        return new AbiParameter(Text(parameter, "name") ?? "", Type(type, parameter, depth), IsTrue(parameter, "indexed"));
    }

    private static AbiType Type(string type, JsonElement parameter, int depth)
    {
        const string Tuple = "tuple";
        if (!type.StartsWith(Tuple, StringComparison.Ordinal))
            return AbiType.Parse(type);
        if (!parameter.TryGetProperty("components", out _))
            throw new FormatException($"a {type} has components");

        // The brackets behind the word are read as of any type, with the parts put where the word stood.
        var parts = Parameters(parameter, "components", depth + 1);
        return AbiText.Whole(type[Tuple.Length..], (ref AbiText text) => text.Brackets(new AbiType.Tuple(parts), depth + 1));
    }

    private static string Name(JsonElement entry) =>
        Text(entry, "name") is { Length: > 0 and <= 200 } name && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '$')
            ? name : throw new FormatException("a function or an event has a name, of letters, digits, _ and $");

    private static string? Text(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement entry, string property) => entry.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
}

/// <param name="Abi">Null where there are faults.</param>
/// <param name="Faults">Each says the line and the reason.</param>
public sealed record AbiJsonReading(ContractAbi? Abi, IReadOnlyList<string> Faults);
