using System.Text;
using ChatOps.Settings;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Backups that come by themselves, that are asked for in chat, and on the command line of a running bot.</summary>
public sealed class BackupScenarios : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-backups").FullName;

    private string Backups => Path.Combine(_folder, "backups");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_night_one_is_made_and_the_oldest_goes()
    {
        await using var world = await World.Begin([.. Scheduled, "--Storage:Backup:Keep=2"]);
        Directory.CreateDirectory(Backups);
        await File.WriteAllTextAsync(Path.Combine(Backups, "chatops-mine.db"), "mine");
        for (var night = 24; night <= 27; night++)
        {
            await world.Pass(Instant.FromUtc(2026, 11, night, 3, 0) - Clock(world));
            await Made(world, night - 23);
        }

        Assert.Equal(["chatops-2026-11-26T030000Z.db", "chatops-2026-11-27T030000Z.db", "chatops-mine.db"], Files());
    }

    [Fact]
    public async Task After_downtime_what_was_missed_is_made_up_for_once()
    {
        await using var world = await World.Begin(Scheduled);
        await world.Pass(Duration.FromMinutes(1));
        await world.IsDown(Duration.FromDays(3));
        await Made(world, 1);
        await world.Pass(Duration.FromHours(1));
        await world.Restart();
        await world.Pass(Duration.FromHours(1));
        Assert.Equal(["chatops-2026-11-26T100100Z.db"], Files());
    }

    [Fact]
    public async Task A_failure_is_an_alert_and_the_next_that_is_made_ends_it()
    {
        await using var world = await World.Begin(Scheduled);
        await File.WriteAllTextAsync(Backups, "a file where the folder should be");
        await world.Pass(Instant.FromUtc(2026, 11, 24, 3, 0) - Clock(world));
        var card = await world.HearsSoon();
        Assert.Contains("The backup that was due could not be made; the next is tried at its time", card);
        await world.HearsSoon();
        await world.Says("ana", "/alert ack");
        File.Delete(Backups);
        await world.Pass(Instant.FromUtc(2026, 11, 25, 3, 0) - Clock(world));
        await Made(world, 1);
        await World.Until(async () => !(await world.Stored("A-1")).IsOpen, "the alert is still open");
        await world.HearsAll();
    }

    [Fact]
    public async Task An_admin_asks_for_one_in_chat_and_chooses_no_path()
    {
        await using var world = await World.Begin([.. Scheduled, "--Roles:Admins:0=corey"]);
        Assert.Matches($"^The backup is there: {Backups}/chatops-2026-11-23T100000Z.db: [0-9]+ documents, [0-9,]+ bytes, [0-9.]+ seconds.$", await world.Says("corey", "/oncall backup"));
        Assert.Contains("is there already", await world.Says("corey", "/oncall backup"));
        Assert.Contains("I do not know what to do with", await world.Says("corey", "/oncall backup /etc/passwd"));
        Assert.Equal("That is for admins only: corey.", await world.Says("mallory", "/oncall backup"));
    }

    [Fact]
    public async Task On_the_command_line_a_running_bot_is_backed_up_restored_and_moved()
    {
        string[] data = [$"--Storage:ConnectionString=Filename={_folder}/data/chatops.db"];
        await using (var bot = ProgramProcess.Start(_folder, ["--Urls=http://127.0.0.1:0", .. data]))
        {
            using var http = new HttpClient { BaseAddress = await bot.Listens() };
            using var body = new StringContent(Samples.Alertmanager("webhook_firing_group3"), Encoding.UTF8, "application/json");
            (await http.PostAsync("/hooks/alertmanager", body)).EnsureSuccessStatusCode();
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode($"{_folder}/data/chatops.db.control") == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            await Says(0, $"Backup made: {_folder}/night.db: ", ["backup", .. data, "night.db"]);
            await Says(1, "night.db is there already; it was left as it is", ["backup", "night.db", .. data]);
            await Says(0, $"Backup made: {_folder}/night.db: ", ["backup", "night.db", "--force", .. data]);
            await Says(1, $"is in use by pid {bot.Id}", ["restore", "night.db", .. data]);
            await using (var none = ProgramProcess.Start(_folder, "export", $"--Storage:ConnectionString=Filename={_folder}/none.db"))
            {
                Assert.Equal(1, await none.Exit());
                Assert.Empty(none.Out);
            }

            await Says(0, "{\"format\":\"chatops-export\",\"version\":1,", ["export", .. data]);
            await Says(0, $"Exported: {_folder}/night.jsonl: ", ["export", "night.jsonl", .. data]);
            bot.Terminate();
            Assert.Equal(0, await bot.Exit());
        }

        Assert.Equal(["chatops-log.db", "chatops.db"], Directory.GetFiles($"{_folder}/data").Select(Path.GetFileName).Order());
        await Says(0, "What was there before is kept as ", ["restore", "night.db", .. data]);
        await Says(1, "holds something already", ["import", "night.jsonl", .. data]);
        await Says(0, "Imported: ", ["import", "night.jsonl", $"--Storage:ConnectionString=Filename={_folder}/moved.db"]);
        await Says(2, "\"--force\" is not a file's name", ["restore", "--force", .. data]);
        await using var moved = ProgramProcess.Start(_folder, "--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={_folder}/moved.db");
        using var after = new HttpClient { BaseAddress = await moved.Listens() };
        Assert.Contains("chatops_alerts_open 1", await after.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task A_killed_bots_socket_is_replaced_and_a_long_path_has_one_too()
    {
        var deep = Path.Combine(_folder, new string('d', 90));
        string[] args = ["--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={deep}/chatops.db"];
        await using (var killed = ProgramProcess.Start(_folder, args))
        {
            await killed.Listens();
        }

        await using var bot = ProgramProcess.Start(_folder, args);
        await bot.Listens();
        await Says(0, "Backup made: ", ["backup", "night.db", args[1]]);
        bot.Terminate();
        Assert.Equal(0, await bot.Exit());
        await Says(0, "Backup made: ", ["backup", "stopped.db", args[1]]);
    }

    [Fact]
    public void What_is_wrong_with_the_settings_is_said()
    {
        var fault = Assert.Throws<SettingsException>(() => global::Program.Build(["--Storage:Backup:Cron=nightly", "--Storage:Backup:Keep=0", "--Storage:Backup:Path=x"]));
        Assert.Collection(
            fault.Faults,
            said => Assert.Equal("Storage:Backup:Path: there is no such setting; there are Folder, Cron, TimeZone, Keep, Enabled.", said),
            said => Assert.StartsWith("Storage:Backup:Cron: \"nightly\" is not a cron expression", said),
            said => Assert.Equal("Storage:Backup:Keep: \"0\" is not a number from 1 to 10000.", said));
    }

    private string[] Scheduled => ["--Storage:Backup:Enabled=true", $"--Storage:Backup:Folder={Backups}"];

    private static Instant Clock(World world) => Instant.FromDateTimeOffset(world.Clock.GetUtcNow());

    /// <summary>Waits until that many were made, and what comes after them is stored.</summary>
    private static async Task Made(World world, int count)
    {
        await World.Until(() => Task.FromResult(world.Log.Lines.Count(line => line.Contains("Backup made: ", StringComparison.Ordinal)) == count), $"there are no {count} backups");
        var store = (ChatOps.Core.Storage.IStore)world.Services.GetService(typeof(ChatOps.Core.Storage.IStore))!;
        await World.Until(async () => (await store.Find<ChatOps.Storage.LiteDb.Backups.BackupTurn>("turn"))!.DueAt > Clock(world), "the next is not planned");
    }

    private string[] Files() => [.. Directory.GetFiles(Backups).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private async Task Says(int code, string says, string[] args)
    {
        await using var program = ProgramProcess.Start(_folder, args);
        var exit = await program.Exit();
        Assert.Contains(says, program.Out + program.Errors);
        Assert.Equal(code, exit);
    }
}
