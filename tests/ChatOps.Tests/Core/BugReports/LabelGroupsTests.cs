using ChatOps.Core.BugReports;
using ChatOps.Core.Settings;
using ChatOps.GitHub;
using Microsoft.Extensions.Configuration;

namespace ChatOps.Tests.Core.BugReports;

public sealed class LabelGroupsTests
{
    private static readonly LabelGroups Groups = new([LabelGroup.Of(["severity:low", "severity:high"]), LabelGroup.Of(["type:bug"]), LabelGroup.Of(["now", "later"])]);

    [Fact]
    public void One_label_of_each_group_will_do_whatever_else_is_there_and_however_it_is_written() =>
        Assert.Empty(Groups.WhatIsWrong(["Severity:LOW", "severity:low", "type:bug", "later", "good first issue"]));

    [Fact]
    public void What_is_missing_and_what_is_too_much_is_said_for_each_group() => Assert.Equal(
        ["Only one of these labels may be there: severity:high, severity:low.", "The label type:bug is missing.", "One of these labels is missing: now, later."],
        Groups.WhatIsWrong(["severity:high", "severity:low"]));

    [Fact]
    public void Without_groups_nothing_is_asked() => Assert.Empty(new LabelGroups([]).WhatIsWrong([]));

    [Fact]
    public void A_group_is_called_what_its_labels_share_before_the_colon() => Assert.Equal(["severity", "type", "now or later"], Groups.All.Select(group => group.Name));

    [Fact]
    public void Settings_give_a_group_as_entries_or_as_one_text_and_an_empty_one_asks_for_nothing()
    {
        var (settings, faults) = Read(("LabelGroups:0:0", "severity:low"), ("LabelGroups:0:1", "severity:high"), ("LabelGroups:1", "type:docs, type:bug"), ("LabelGroups:2", ""));
        Assert.Empty(faults);
        Assert.Equal(["severity:low severity:high", "type:docs type:bug"], settings.LabelGroups.All.Select(group => string.Join(' ', group.Labels)));
        Assert.Empty(Read(("LabelGroups:0", "")).Settings.LabelGroups.All);
    }

    [Fact]
    public void Everything_that_is_wrong_with_the_settings_is_said() => Assert.Equal(
        [
            "GitHub:Tokn: there is no such setting; there are ApiBaseUrl, Token, LabelGroups.",
            "GitHub:Token: it is not a token: those have no blanks and no letters beyond ASCII.",
            "GitHub:ApiBaseUrl: \"https://github.com/\" is GitHub's page and not its API: that is at https://api.github.com/.",
            "GitHub:LabelGroups:1: the label BUG is in another group already.",
        ],
        Read(("Tokn", "x"), ("Token", "two words"), ("ApiBaseUrl", "https://github.com/"), ("LabelGroups:0", "bug"), ("LabelGroups:1", "BUG, docs")).Faults);

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
