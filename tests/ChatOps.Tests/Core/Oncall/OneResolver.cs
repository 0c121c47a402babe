namespace ChatOps.Tests.Core.Oncall;

public class OneResolver
{
    [Fact]
    public void Only_the_resolver_reads_revisions_and_turns()
    {
        string[] allowed = ["OncallResolver.cs", "OncallResolver.Spans.cs", "OncallResolver.Plans.cs", "Turns.cs", "Layer.cs", "Revision.cs"];
        string[] words = [".Revisions", ".Participants", ".FirstTurn", "Turns."];
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ChatOps.sln")))
        {
            root = root.Parent!;
        }

        var others = Directory.EnumerateFiles(Path.Combine(root.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !allowed.Contains(Path.GetFileName(file)) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => File.ReadAllLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && words.Any(line.Contains)))
            .Select(Path.GetFileName);
        Assert.Empty(others);
    }
}
