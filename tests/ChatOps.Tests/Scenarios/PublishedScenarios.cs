using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>There is no container engine where the tests run. So: what the Dockerfile makes, from a read-only folder, as another user, with one folder to write to.</summary>
public sealed class PublishedScenarios(PublishedProgram program) : IClassFixture<PublishedProgram>
{
    private const string Secret = "a-long-random-text";

    [Fact]
    public async Task It_lives_in_a_folder_that_it_cannot_write_to_and_leaves_nothing_outside_its_data()
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var settings = await Settings(url);
        Assert.False(await PublishedProgram.Can("touch", Path.Combine(program.App, "written")));
        Assert.True(await PublishedProgram.Can("touch", Path.Combine(program.Data, "written")));
        var before = Files(program.App);

        await using (var bot = program.Start(ImageFile.Ours.Entrypoint, settings))
        {
            using var http = new HttpClient { BaseAddress = await bot.Listens() };
            Assert.Contains("<title>", await http.GetStringAsync("/"));
            Assert.Equal(HttpStatusCode.Unauthorized, await Hook(http, "InstanceDown", null));
            Assert.Equal(HttpStatusCode.OK, await Hook(http, "InstanceDown", Secret));
            await World.Until(async () => await Shows(http, "InstanceDown"), "the card is not there");

            Assert.Equal((0, "ok\n", ""), await Health(settings));
            Assert.Equal((0, "ok\n", ""), await Health([], "--url", url));
            // As in the image, where it listens everywhere.
            Assert.Equal((0, "ok\n", ""), await Health(new() { ["Urls"] = url.Replace("127.0.0.1", "+", StringComparison.Ordinal) }));

            bot.Terminate();
            Assert.Equal(0, await bot.Exit());
            Assert.Empty(bot.Errors);
            Assert.DoesNotContain("fail:", bot.Out);
            Assert.Equal(["warn: ChatOps.Sources.IHook"], Warnings(bot.Out)); // the refused delivery
        }

        var (code, said, error) = await Health(settings);
        Assert.Equal((1, ""), (code, said));
        Assert.Contains("refused", error);
        Assert.Equal(before, Files(program.App));
        Assert.Equal(["chatops-log.db", "chatops.db", "written"], Directory.GetFiles(program.Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Strays());
    }

    [Fact]
    public async Task The_settings_of_the_image_pass_the_check()
    {
        await using var check = program.Start([.. ImageFile.Ours.Entrypoint, "check"]);
        Assert.Equal(0, await check.Exit());
        Assert.Empty(check.Errors);
        Assert.Contains($"Settings: fine, from {program.App}/appsettings.json", check.Out);
        Assert.Contains("Store: /data/chatops.db (will be made).", check.Out);
        Assert.Contains("page at http://+:5080.", check.Out);
    }

    [NeedsProgram(RealAlertmanager.ProgramName)]
    public async Task Alertmanager_as_compose_starts_it_posts_with_the_secret()
    {
        var settings = await Settings($"http://127.0.0.1:{FreePort()}");
        await using var bot = program.Start(ImageFile.Ours.Entrypoint, settings);
        using var http = new HttpClient { BaseAddress = await bot.Listens() };
        await using var alertmanager = await RealAlertmanager.StartAsInCompose(http.BaseAddress, Secret);
        await alertmanager.Post(RealAlertmanager.Alert("BootNodeDown", "boot-01.do-ams3.eth.prod"));
        await World.Until(async () => await Shows(http, "BootNodeDown"), "Alertmanager's alert is not there");
        Assert.Empty(Warnings(bot.Out));
    }

    private async Task<Dictionary<string, string>> Settings(string url)
    {
        var data = await program.NewVolume();
        return new()
        {
            ["Urls"] = url,
            ["Storage__ConnectionString"] = ImageFile.Ours.Environment["Storage__ConnectionString"].Replace(ImageFile.Ours.Volume, data, StringComparison.Ordinal),
            ["Sources__Alertmanager__Secret"] = Secret,
            ["HOME"] = "/nonexistent",
            ["TMPDIR"] = program.App,
        };
    }

    private async Task<(int Code, string Out, string Errors)> Health(Dictionary<string, string> settings, params string[] args)
    {
        await using var health = program.Start([.. ImageFile.Ours.HealthCommand, .. args], settings);
        return (await health.Exit(), health.Out, health.Errors);
    }

    private static async Task<HttpStatusCode> Hook(HttpClient http, string name, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/alertmanager");
        request.Content = new StringContent(AlertmanagerHook.Firing(name), Encoding.UTF8, "application/json");
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<bool> Shows(HttpClient http, string text) =>
        (await http.GetFromJsonAsync<JsonElement>("/local/messages")).EnumerateArray().Any(message => message.GetRawText().Contains(text, StringComparison.Ordinal));

    private static IEnumerable<string> Warnings(string log) => Regex.Matches(log, @"^\S+ (warn: [\w.]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}")];

    /// <summary>
    /// What that user left where everybody may write since this was published; another checkout's run has a folder of the same kind. As oneself nobody can tell
    /// whose files those are: the program's TMPDIR is read-only in both cases.
    /// </summary>
    private IEnumerable<string> Strays()
    {
        if (PublishedProgram.OtherUser is not { } user)
        {
            return [];
        }

        var start = new ProcessStartInfo("find", ["/tmp", "/var/tmp", "/dev/shm", "-uid", user, "-newer", program.App]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var find = Process.Start(start)!;
        return find.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => !file.Contains(PublishedProgram.FolderName, StringComparison.Ordinal));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
