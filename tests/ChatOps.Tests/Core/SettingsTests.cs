using ChatOps.Settings;

namespace ChatOps.Tests.Core;

public sealed class SettingsTests
{
    [Fact]
    public void A_list_that_a_later_source_gives_replaces_the_earlier_one_whole()
    {
        var merged = SettingsSources.Merge(
        [
            new Dictionary<string, string?> { ["Routes:0:Match:fleet"] = "a", ["Routes:1:Match:fleet"] = "b", ["Routes:1:Channel"] = "x", ["Chat:OnCallChannel"] = "on-call" },
            new Dictionary<string, string?> { ["routes:0:Policy"] = "loud" },
        ]);
        Assert.Equal(new Dictionary<string, string?> { ["Chat:OnCallChannel"] = "on-call", ["routes:0:Policy"] = "loud" }, merged);
    }

    [Fact]
    public void Lists_inside_lists_go_with_the_outer_one()
    {
        var merged = SettingsSources.Merge(
        [
            new Dictionary<string, string?> { ["Chains:0:RpcUrls:0"] = "one", ["Chains:0:RpcUrls:1"] = "two", ["Chains:0:Name"] = "mainnet" },
            new Dictionary<string, string?> { ["Chains:0:RpcUrls:0"] = "other" },
        ]);
        Assert.Equal(new Dictionary<string, string?> { ["Chains:0:RpcUrls:0"] = "other" }, merged);
    }

    [Fact]
    public void Everything_else_merges_by_key_without_letter_case()
    {
        var merged = SettingsSources.Merge(
        [
            new Dictionary<string, string?> { ["Policies:default:Repeat"] = "3", ["Policies:loud:Repeat"] = "1" },
            new Dictionary<string, string?> { ["POLICIES:DEFAULT:REPEAT"] = "5" },
        ]);
        Assert.Equal("5", merged["Policies:default:Repeat"]);
        Assert.Equal("1", merged["Policies:loud:Repeat"]);
    }
}
