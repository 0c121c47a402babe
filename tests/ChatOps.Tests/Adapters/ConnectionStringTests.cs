using ChatOps.Storage.LiteDb;

namespace ChatOps.Tests.Adapters;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Filename=data/chatops.db", "/srv/app/data/chatops.db")]
    [InlineData(" filename = data/../my data.db ; ", "/srv/app/my data.db")]
    [InlineData("Filename=\"/var/lib/chatops.db\"", "/var/lib/chatops.db")]
    public void A_file_name_is_taken_from_the_content_root(string text, string path) =>
        Assert.Equal((path, null), ConnectionString.Read(text, "/srv/app"));

    [Theory]
    [InlineData(null, "Filename is missing")]
    [InlineData("Filename=", "Filename is missing")]
    [InlineData("data/chatops.db", "not of the form key=value")]
    [InlineData("Filename=a.db;Password=secret", "the key Password is not known")]
    [InlineData("Filename=a.db;Filename=b.db", "twice")]
    public void Anything_else_is_a_fault_in_words_without_the_value(string? text, string words)
    {
        var (path, problem) = ConnectionString.Read(text, "/srv/app");

        Assert.Null(path);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
