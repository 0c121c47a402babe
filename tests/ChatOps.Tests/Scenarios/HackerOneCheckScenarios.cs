using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.HackerOne;

namespace ChatOps.Tests.Scenarios;

/// <summary>What <c>chatops check</c> says of HackerOne.</summary>
public sealed class HackerOneCheckScenarios : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-hackerone-");
    private FakeHackerOne _hackerOne = null!;

    public async Task InitializeAsync() => _hackerOne = await FakeHackerOne.Open(TimeProvider.System);

    public async Task DisposeAsync() => await _hackerOne.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_is_well()
    {
        await using var well = ProgramProcess.Start(_folder.FullName, ["check", .. _hackerOne.Api]);
        Assert.Equal(0, await well.Exit());
        Assert.Contains("HackerOne: 127.0.0.1 lets the token read what happens in status-im.", well.Out);
    }

    [Fact]
    public async Task A_wrong_token_is_said_and_never_shown()
    {
        await using var ill = ProgramProcess.Start(_folder.FullName, ["check", .. _hackerOne.Api, "--HackerOne:ApiToken=not-the-token"]);
        Assert.Equal(1, await ill.Exit());
        Assert.Contains("HackerOne: HackerOne does not take the token: look at HackerOne:ApiIdentifier and HackerOne:ApiToken.", ill.Out);
        Assert.DoesNotContain("not-the-token", ill.Out + ill.Errors);
    }

    [Fact]
    public async Task One_that_is_away_is_said()
    {
        _hackerOne.NextTime(Fault.Broken);
        await using var ill = ProgramProcess.Start(_folder.FullName, ["check", .. _hackerOne.Api]);
        Assert.Equal(1, await ill.Exit());
        Assert.Contains("HackerOne: HackerOne answers 500.", ill.Out);
    }
}
