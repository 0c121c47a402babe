using System.Text.RegularExpressions;
using ChatOps.Core.Storage;
using Xunit.Abstractions;

namespace ChatOps.Tests.House;

/// <summary>The house rules that can be read off the files.</summary>
public sealed class CodeRules(ITestOutputHelper output)
{
    private const int Longest = 300;

    private static readonly string[] Adapters = ["Chat/Local", "Chat/Slack", "Sources", "Storage", "Jobs", "Pagers", "Ethereum", "GitHub"];

    [Fact]
    public void No_file_is_longer_than_300_lines()
    {
        var files = Checkout.Code("src").Concat(Checkout.Code("tests")).Select(file => (Name: Checkout.Name(file), Lines: File.ReadLines(file).Count())).OrderByDescending(file => file.Lines).ToList();
        files.Take(5).ToList().ForEach(file => output.WriteLine($"{file.Lines,4} {file.Name}"));
        Assert.Empty(files.Where(file => file.Lines > Longest));
    }

    [Fact]
    public void Core_knows_no_input_or_output()
    {
        string[] allowed = ["ChatOps.Core", "BouncyCastle.Cryptography", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Primitives", "NodaTime", "NodaTime.Serialization.SystemTextJson"];
        string[] outside = ["System.Net", "System.IO.Pipes", "System.IO.FileSystem", "System.Diagnostics.Process", "System.Data"];
        var references = typeof(IStore).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();
        Assert.Empty(references.Where(name => !name.StartsWith("System", StringComparison.Ordinal) && !allowed.Contains(name)));
        Assert.Empty(references.Where(name => outside.Any(name.StartsWith)));
        Assert.Empty(Checkout.Code("src/ChatOps.Core").Where(file => Regex.IsMatch(File.ReadAllText(file), @"\b(File|Directory|HttpClient|Socket|Console|Environment)\.\w")).Select(Checkout.Name));
    }

    [Fact]
    public void Adapters_do_not_see_one_another()
    {
        foreach (var adapter in Adapters)
        {
            var others = Adapters.Where(other => other != adapter).Select(other => $"ChatOps.{other.Replace('/', '.')}").ToList();
            var seen = Checkout.Code($"src/ChatOps/{adapter}")
                .SelectMany(file => File.ReadLines(file).Where(line => others.Any(other => Regex.IsMatch(line, $@"^using (static )?{Regex.Escape(other)}[.;]"))).Select(line => $"{Checkout.Name(file)}: {line}"));
            Assert.Empty(seen);
        }
    }

    [Fact]
    public void Files_are_called_after_their_subject_and_not_after_their_kind()
    {
        var kinds = new Regex(@"(Common|Helpers?|Utils?|Utilities|Manager|Impl|Misc|Base)(/|\.cs$)");
        Assert.Empty(Checkout.Code("src").Concat(Checkout.Code("tests")).Select(Checkout.Name).Where(name => kinds.IsMatch(name)));
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        var wrong = Checkout.Code("src").Where(file => Path.GetFileName(file) != "Program.cs").Where(file =>
        {
            var expected = Checkout.Name(Path.GetDirectoryName(file)!)["src/".Length..].Replace('/', '.');
            return !File.ReadAllText(file).Contains($"namespace {expected};", StringComparison.Ordinal);
        });
        Assert.Empty(wrong.Select(Checkout.Name));
    }

    [Fact]
    public void Only_the_resolver_reads_revisions_and_turns()
    {
        string[] allowed = ["OncallResolver.cs", "OncallResolver.Spans.cs", "OncallResolver.Plans.cs", "OncallResolver.Handoffs.cs", "Turns.cs", "Layer.cs", "Revision.cs"];
        string[] words = [".Revisions", ".Participants", ".FirstTurn", "Turns."];
        Assert.Empty(Checkout.Code("src")
            .Where(file => !allowed.Contains(Path.GetFileName(file)))
            .Where(file => File.ReadAllLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && words.Any(line.Contains)))
            .Select(Checkout.Name));
    }

    [Fact]
    public void Decisions_are_pure()
    {
        string[] pure = ["Alerts/AlertDecisions.cs", "Alerts/AlertEscalation.cs", "Alerts/AlertSnoozing.cs", "Alerts/AlertSilencing.cs", "Alerts/AlertGrouping.cs", "Alerts/EscalationPlan.cs", "Alerts/AlertCard.cs", "Alerts/AlertHistory.cs", "Alerts/AlertCondensing.cs", "Oncall/Rotation.cs", "Oncall/Rotation.Line.cs", "Oncall/OncallResolver.cs", "Oncall/OncallResolver.Handoffs.cs", "Oncall/Turns.cs", "Oncall/HandoverDecisions.cs", "Digests/DigestTimetable.cs", "Contracts/Chains/ChainCursor.cs", "Contracts/Chains/LogBloom.cs", "Contracts/Chains/WatchedAddresses.cs", "Contracts/Judging/Judge.cs", "Contracts/Judging/PartReading.cs", "Contracts/Judging/Rule.cs", "Contracts/Judging/RuleText.cs", "Contracts/Judging/TransactionCard.cs", "Contracts/Judging/TransactionDecisions.cs", "BugReports/ReportDecisions.cs", "BugReports/ReportMerging.cs", "BugReports/ReportTimer.cs", "BugReports/ReportWriting.cs", "BugReports/ReportClock.cs", "BugReports/ReportCard.cs"];
        var impure = new Regex(@"\bawait\b|\bTimeProvider\b|\bIStore (?!store\))|\bILogger\b|\bTask<");
        foreach (var file in pure)
        {
            var code = Checkout.Read($"src/ChatOps.Core/{file}");
            Assert.False(impure.IsMatch(code), $"{file}: {impure.Match(code).Value}");
        }
    }

    [Fact]
    public void Every_dependency_and_every_silenced_warning_has_its_reason()
    {
        var lines = Checkout.Read("Directory.Packages.props").Split('\n');
        var unexplained = lines.Select((line, i) => (line, i)).Where(each => each.line.Contains("<PackageVersion ", StringComparison.Ordinal))
            .Where(each => !lines.Take(each.i).Reverse().SkipWhile(line => line.Contains("<PackageVersion ", StringComparison.Ordinal)).First().Contains("-->", StringComparison.Ordinal));
        Assert.Empty(unexplained.Select(each => each.line.Trim()));

        var rules = Checkout.Read(".editorconfig").Split('\n');
        Assert.Empty(rules.Select((line, i) => (line, i)).Where(each => each.line.EndsWith("severity = none", StringComparison.Ordinal))
            .Where(each => !rules.Take(each.i).Reverse().SkipWhile(line => line.EndsWith("severity = none", StringComparison.Ordinal)).First().StartsWith('#')).Select(each => each.line));
        Assert.Empty(Checkout.Code("src").Concat(Checkout.Code("tests"))
            .SelectMany(file => File.ReadLines(file).Where(line => Regex.IsMatch(line, @"^\s*(#pragma warning disable|\[.*SuppressMessage)") && !line.Contains("//", StringComparison.Ordinal)).Select(line => $"{Checkout.Name(file)}: {line.Trim()}")));
    }
}
