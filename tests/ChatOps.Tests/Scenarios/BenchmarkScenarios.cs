using ChatOps.Benchmarks;

namespace ChatOps.Tests.Scenarios;

/// <summary>The load harness: that it measures and says so, not how fast anything is.</summary>
public sealed class BenchmarkScenarios
{
    private static readonly string[] Small = ["--requests", "60", "--warm-up", "10", "--connections", "4"];

    [Fact]
    public async Task Every_load_has_its_line_and_is_answered_without_an_error()
    {
        var (code, output, errors) = await Run(Small);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Equal(
            ["new 60 0", "repeat 60 0", "hundred 6 0", "who 60 0", "note 60 0", "ack 60 0"],
            Rows(output).Skip(1).Select(row => string.Join(' ', row.Take(3))));
        // The bot is a child of the harness, so its processor time and memory are known.
        Assert.All(Rows(output), row => Assert.DoesNotContain("–", row));
    }

    [Fact]
    public async Task An_open_loop_ends_too()
    {
        var (code, output, _) = await Run([.. Small, "--load", "repeat", "--rate", "200", "--target", "Bare"]);
        Assert.Equal(0, code);
        Assert.Equal("repeat 60 0", string.Join(' ', Rows(output)[1].Take(3)));
    }

    [Fact]
    public async Task The_proof_of_durability_says_what_it_did_and_that_nothing_was_lost()
    {
        var (code, output, errors) = await Run(["durability", "--kills", "2", "--cuts", "30"]);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Matches(@"^2 kills: \d+ answered commits, 0 times something lost. 30 power cuts in \d+ writes", output);
    }

    [Fact]
    public async Task Every_block_of_a_chain_is_followed_and_the_ratio_is_said()
    {
        var (_, output, errors) = await Run(["chain", "--blocks", "150", "--transactions", "5", "--rounds", "1"]);
        Assert.Equal("", errors);
        // So few blocks are over before a third of them can be measured.
        Assert.DoesNotContain("–", string.Join('|', output.Split('\n')[2].Split('|').Take(5)));
        Assert.Matches(@"of a client that throws the same \d+ answers away; at least 0.70 are wanted", output);
    }

    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task A_comparison_gives_the_ratios_to_a_bare_endpoint_and_to_Alertmanager()
    {
        var (code, output, errors) = await Run(["compare", "--rounds", "1", .. Small]);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Equal(
            ["new bare", "new alertmanager", "repeat bare", "repeat alertmanager", "hundred bare", "hundred alertmanager"],
            Rows(output).TakeLast(6).Select(row => string.Join(' ', row.Take(2))));
    }

    [Theory]
    [InlineData("\"http://example.org\" is not on this machine", "--url", "http://example.org")]
    [InlineData("\"http://localhost:1\" is not on this machine", "--url", "http://localhost:1")]
    [InlineData("\"ftp://127.0.0.1\" is not an address", "--url", "ftp://127.0.0.1")]
    [InlineData("--pid belongs to --url", "--pid", "1")]
    [InlineData("--connections takes a number from 1 to 256.", "--connections", "0")]
    [InlineData("--requests takes a number from 1 to 100000.", "compare", "--requests", "1000000")]
    public async Task What_it_may_not_do_is_refused_in_words(string sentence, params string[] args)
    {
        var (code, _, errors) = await Run(args);
        Assert.Equal(2, code);
        Assert.StartsWith(sentence, errors);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await CommandLine.Run(args, output, errors), output.ToString(), errors.ToString());
    }

    /// <summary>The cells of every table, without the lines under the headings.</summary>
    private static List<string[]> Rows(string output) => [.. output.Split('\n')
        .Where(line => line.StartsWith('|') && !line.Contains("---", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
