using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ChatOps.Tests.Scenarios;

/// <summary>Starting, stopping and misusing the program.</summary>
public sealed class ProgramScenarios : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-program").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bad_settings_stop_the_start_with_every_fault_named_at_once()
    {
        await using var program = ProgramProcess.Start(
            _folder,
            "--Urls=nonsense",
            "--Storage:Provider=Oracle",
            "--Chat:Platforms:0=Teams",
            "--Roles:Admin=igor",
            "--Roles=bo",
            "--Roles:Responders:0:Name=ana",
            "--Policies:default:Steps:0:Tell=pager",
            "--Policies:default:Steps:0:After=soon",
            "--Policies:default:Repeat=-1",
            "--Routes:0:Policy=quiet",
            "--Rotations:0:TimeZone=berlin",
            "--Polices:loud:Repeat=1",
            "--PagerDuty:EventsUrl=nowhere",
            "--Sources:Nagios:Secret=x");
        Assert.Equal(2, await program.Exit());
        var faults = program.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(14, faults.Length);
        string[] expected =
        [
            "Urls: \"nonsense\" is not an address to listen on",
            "Storage:Provider: \"Oracle\" is not available in this version; there are LiteDb and Postgres.",
            "Chat:Platforms: \"Teams\" is not available in this version; there are Local, Slack.",
            "Roles:Admin: there is no such setting; there are Admins, Responders.",
            "Roles: \"bo\" names nobody: write Roles:Admins=bo or Roles:Responders=bo.",
            "Roles:Responders:0: is not a word: this is a list of words.",
            "Policies:default:Steps:0:Tell: \"pager\" cannot be told: none is set up; set PagerDuty:RoutingKey.",
            "PagerDuty:EventsUrl: \"nowhere\" is not a web address",
            "Policies:default:Steps:0:After: \"soon\" is not a span of time: write it as 00:05:00 or 5m.",
            "Policies:default:Repeat: \"-1\" is not a number from 0 to 100.",
            "Polices: there is no such setting; did you mean Policies?",
            "Routes:0:Policy: there is no policy \"quiet\"; there is default.",
            "Rotations:0:TimeZone: I do not know the time zone \"berlin\". Did you mean Europe/Berlin?",
            "Sources:Nagios: there is no such setting; there are Alertmanager, HackerOne.",
        ];
        Assert.All(expected, fault => Assert.Contains(faults, line => line.StartsWith(fault, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("--frobnicate")]
    public async Task Bad_arguments_end_with_2_and_a_sentence(string arg)
    {
        await using var program = ProgramProcess.Start(_folder, arg);
        Assert.Equal(2, await program.Exit());
        Assert.Contains($"\"{arg}\" is neither a sub-command nor a setting", program.Errors);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", 1, "refused")]
    [InlineData("nonsense", 2, "\"nonsense\" is not an address to ask")]
    public async Task Health_of_what_does_not_answer_is_a_sentence(string url, int code, string says)
    {
        await using var program = ProgramProcess.Start(_folder, "health", "--url", url);
        Assert.Equal(code, await program.Exit());
        Assert.Contains(says, program.Errors);
        Assert.Empty(program.Out);
    }

    [Theory]
    [InlineData("--help", "Without a sub-command it starts the bot.")]
    [InlineData("--version", "0.1.0")]
    [InlineData("check", "Settings: fine")]
    public async Task It_says_what_it_is(string arg, string says)
    {
        await using var program = ProgramProcess.Start(_folder, arg);
        Assert.Equal(0, await program.Exit());
        Assert.Contains(says, program.Out);
    }

    [Fact]
    public async Task SIGTERM_stops_it_cleanly_and_nothing_is_lost()
    {
        string[] args = ["--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={_folder}/chatops.db"];
        await using (var program = ProgramProcess.Start(_folder, args))
        {
            using var http = new HttpClient { BaseAddress = await program.Listens() };
            using var stream = await http.GetAsync("/local/stream", HttpCompletionOption.ResponseHeadersRead); // an open page must not hold it up
            using var body = new StringContent(Samples.Alertmanager("webhook_firing_group3"), Encoding.UTF8, "application/json");
            (await http.PostAsync("/hooks/alertmanager", body)).EnsureSuccessStatusCode();
            program.Terminate();
            Assert.Equal(0, await program.Exit());
            Assert.Empty(program.Errors);
        }

        await using var again = ProgramProcess.Start(_folder, args);
        using var after = new HttpClient { BaseAddress = await again.Listens() };
        await World.Until(async () => (await after.GetFromJsonAsync<JsonElement>("/local/messages")).GetArrayLength() == 2, "the card and its history are not there");
        var ready = await after.GetFromJsonAsync<JsonElement>("/readyz");
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal("ok", ready.GetProperty("store").GetProperty("liteDb").GetProperty("state").GetString());
        Assert.Equal("ok", await after.GetStringAsync("/healthz"));
        Assert.Contains("chatops_alerts_open 1", await after.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task A_second_one_on_the_same_file_is_refused_with_the_name_of_the_first()
    {
        string[] args = ["--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={_folder}/chatops.db"];
        await using var first = ProgramProcess.Start(_folder, args);
        await first.Listens();
        await using var second = ProgramProcess.Start(_folder, args);
        Assert.Equal(1, await second.Exit());
        Assert.Contains($"pid {first.Id}", second.Errors);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_sentence()
    {
        await using var first = ProgramProcess.Start(_folder, "--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={_folder}/one.db");
        var taken = await first.Listens();
        await using var second = ProgramProcess.Start(_folder, $"--Urls={taken}", $"--Storage:ConnectionString=Filename={_folder}/two.db");
        Assert.Equal(1, await second.Exit());
        Assert.Contains("address already in use", second.Errors);
        Assert.Single(second.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("crit:", second.Out);
        Assert.Contains("Failed to bind to address", Assert.Single(second.Out.Split('\n'), line => line.Contains("fail:", StringComparison.Ordinal)));
    }
}
