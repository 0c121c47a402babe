using ChatOps.Core.Settings;
using ChatOps.GitHub;
using Microsoft.Extensions.Configuration;

namespace ChatOps.Tests.Core;

public sealed class GitHubSettingsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said() => Assert.Equal(
        [
            "GitHub:Tokn: there is no such setting; there are ApiBaseUrl, Token.",
            "GitHub:Token: it is not a token: those have no blanks and no letters beyond ASCII.",
            "GitHub:ApiBaseUrl: \"https://github.com/\" is GitHub's page and not its API: that is at https://api.github.com/.",
        ],
        Read(("Tokn", "x"), ("Token", "two words"), ("ApiBaseUrl", "https://github.com/")).Faults);

    [Theory]
    [InlineData(null, "https://api.github.com/")]
    [InlineData("https://github.example.org/api/v3", "https://github.example.org/api/v3/")]
    [InlineData("nowhere", "https://api.github.com/")]
    public void The_base_address_ends_with_a_slash(string? given, string read)
    {
        var (settings, faults) = Read(("ApiBaseUrl", given));
        Assert.Equal(read, settings.ApiBaseUrl.AbsoluteUri);
        Assert.Equal(given == "nowhere" ? 1 : 0, faults.Count);
        Assert.False(settings.IsOn);
    }

    private static (GitHubSettings Settings, IReadOnlyList<string> Faults) Read(params (string Key, string? Value)[] given)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(given.ToDictionary(one => $"GitHub:{one.Key}", one => one.Value)).Build());
        return (GitHubSettings.Read(reader.Section("GitHub")), reader.Faults);
    }
}
