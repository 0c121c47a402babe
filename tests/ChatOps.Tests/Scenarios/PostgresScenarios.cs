using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Tests.Fakes;
using NodaTime;
using Npgsql;

namespace ChatOps.Tests.Scenarios;

/// <summary>The whole program on PostgreSQL.</summary>
public sealed class PostgresScenarios : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-on-postgres-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task An_alert_lives_there_as_it_does_in_a_file_and_a_restart_changes_nothing()
    {
        await using var world = await World.Begin(Settings(await (await RealPostgres.Shared).Database()));
        await world.Says("igor", "/oncall join core");
        await world.HearsAll();
        await world.Sample("webhook_firing_single");
        Assert.StartsWith("InstanceDown\nMailserver down\n", await world.Hears());
        Assert.StartsWith("Opened. Told @igor, on call for core (step 1 of 3).", await world.Hears());

        await world.Restart();
        await world.Pass(Duration.FromMinutes(5));
        Assert.StartsWith("Told @igor, on call for core (step 2 of 3)", await world.Hears());
        Assert.Equal("You have A-1: InstanceDown.", await world.Presses("ana", "ack", "A-1"));
        Assert.StartsWith("ana acknowledged it.", await world.Hears());
        await world.Sample("webhook_resolved");
        Assert.StartsWith("It is back to normal: resolved.", await world.Hears());
        Assert.Equal("resolved", (await world.Card("A-1")).State);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Without_its_database_it_is_not_ready_and_with_it_it_is_again()
    {
        await using var server = await RealPostgres.Start();
        await using var program = ProgramProcess.Start(_folder, ["--Urls=http://127.0.0.1:0", .. Settings(await server.Database())]);
        using var http = new HttpClient { BaseAddress = await program.Listens() };
        await World.Until(() => Is(HttpStatusCode.OK), "it does not get ready");

        await server.Crash();
        await World.Until(() => Is(HttpStatusCode.ServiceUnavailable), "it says that it is ready, without a database");
        using var absent = await http.GetAsync("/readyz");
        var store = (await absent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("store").GetProperty("postgres");
        Assert.Contains("cannot be reached: ", store.GetProperty("state").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync("/healthz"));

        await server.StartAgain();
        await World.Until(() => Is(HttpStatusCode.OK), "it does not get ready again");
        program.Terminate();
        Assert.Equal(0, await program.Exit());

        async Task<bool> Is(HttpStatusCode status)
        {
            using var ready = await http.GetAsync("/readyz");
            return ready.StatusCode == status;
        }
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_wrong_password_is_one_sentence_and_check_says_the_store_without_any()
    {
        var wrong = new NpgsqlConnectionStringBuilder(await (await RealPostgres.Shared).Database()) { Password = "hush-hush" };
        await using var refused = ProgramProcess.Start(_folder, ["--Urls=http://127.0.0.1:0", .. Settings(wrong.ConnectionString)]);
        Assert.Equal(1, await refused.Exit());
        Assert.Equal($"PostgreSQL at 127.0.0.1:{wrong.Port}, database {wrong.Database}, refuses the user chatops: the password is wrong\n", refused.Errors);

        await using var check = ProgramProcess.Start(_folder, ["check", .. Settings(wrong.ConnectionString)]);
        Assert.Equal(0, await check.Exit());
        Assert.Contains($"Store: PostgreSQL at 127.0.0.1:{wrong.Port}, database {wrong.Database}, user chatops.\n", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.Out + check.Out + check.Errors, StringComparison.Ordinal);
    }

    private static string[] Settings(string database) => ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}"];
}
