using ChatOps.Tests.Fakes;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>From the data file into PostgreSQL and back, by the commands that an operator types.</summary>
public sealed class MovingScenarios : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-moving-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task What_is_stored_moves_to_PostgreSQL_and_back_and_the_bot_goes_on_where_it_was()
    {
        string[] file = [$"--Storage:ConnectionString=Filename={Path.Combine(_folder, "first.db")}"];
        string[] database = ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={await (await RealPostgres.Shared).Database()}"];
        string[] otherFile = [$"--Storage:ConnectionString=Filename={Path.Combine(_folder, "second.db")}"];
        await using (var world = await World.Begin(file))
        {
            await world.Says("igor", "/oncall join");
            await world.Sample("webhook_firing_single");
            await world.HearsAll();
        }

        await Moves(file, database, "there.jsonl");
        await using (var world = await World.Begin(database))
        {
            await world.HearsAll();
            Assert.Equal("You have A-1: InstanceDown.", await world.Presses("igor", "ack", "A-1"));
            Assert.StartsWith("igor acknowledged it.", await world.Hears());
            await world.Sample("webhook_firing_group3");
            await world.HearsAll();
        }

        await Moves(database, otherFile, "back.jsonl");
        await using (var world = await World.Begin(otherFile))
        {
            await world.HearsAll();
            Assert.Equal("acknowledged", (await world.Card("A-1")).State);
            await world.Pass(Duration.FromMinutes(5));
            await world.HearsAll();
            Assert.Contains("A-2", await world.Says("igor", "/alert list"), StringComparison.Ordinal);
        }

        await using var full = ProgramProcess.Start(_folder, ["import", "back.jsonl", .. database]);
        Assert.Equal(1, await full.Exit());
        Assert.NotEmpty(full.Errors);
    }

    private async Task Moves(string[] from, string[] to, string name)
    {
        await using var export = ProgramProcess.Start(_folder, ["export", name, .. from]);
        Assert.True(await export.Exit() == 0, export.Errors);
        await using var import = ProgramProcess.Start(_folder, ["import", name, .. to]);
        Assert.True(await import.Exit() == 0, import.Errors);
        Assert.StartsWith("Imported: ", import.Out, StringComparison.Ordinal);
    }
}
