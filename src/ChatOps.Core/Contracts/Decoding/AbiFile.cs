namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// Reads the project's own ABI files: a line <c>function …</c>, <c>event …</c>, or <c>include Name</c> for all of another file; <c>#</c> begins a comment. Behind
/// a function stand <c>public</c> (anybody calls it in normal use, for what is theirs), <c>view</c>, <c>payable</c>, <c>returns (…)</c>. Throws
/// <see cref="FormatException"/> with file and line.
/// </summary>
internal static class AbiFile
{
    public static ContractAbi Read(string name, IReadOnlyDictionary<string, string> files)
    {
        List<AbiFunction> functions = [];
        List<AbiEvent> events = [];
        Read(name, files, functions, events, depth: 0);
        return new(name, functions.DistinctBy(function => function.Signature), events.DistinctBy(found => (found.Signature, found.Indexed)));
    }

    private static void Read(string name, IReadOnlyDictionary<string, string> files, List<AbiFunction> functions, List<AbiEvent> events, int depth)
    {
        var lines = files[name].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Split('#')[0].Trim();
            var word = line.Split(' ')[0];
            try
            {
                switch (word)
                {
                    case "":
                        break;
                    case "function":
                        functions.Add(AbiFunction.Parse(line));
                        break;
                    case "event":
                        events.Add(AbiEvent.Parse(line));
                        break;
                    case "include" when depth < files.Count && files.ContainsKey(line[word.Length..].Trim()):
                        Read(line[word.Length..].Trim(), files, functions, events, depth + 1);
                        break;
                    default:
                        throw new FormatException($"{line} is neither a function, an event nor a file to include");
                }
            }
            catch (FormatException reason) when (!reason.Message.StartsWith("ABI ", StringComparison.Ordinal))
            {
                throw new FormatException($"ABI {name}, line {i + 1}: {reason.Message}", reason);
            }
        }
    }
}
