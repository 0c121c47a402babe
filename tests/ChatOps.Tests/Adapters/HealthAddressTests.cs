using ChatOps.Cli;
using ChatOps.Settings;

namespace ChatOps.Tests.Adapters;

public sealed class HealthAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://+:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://*:5080/", "http://127.0.0.1:5080/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:5080", "http://[::1]:5080/")]
    [InlineData("https://chat.example.org", "https://chat.example.org/")]
    public void It_asks_where_this_machine_reaches_what_listens_there(string listens, string asked) => Assert.Equal(asked, HealthCheck.Address(listens).ToString());

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1:21")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/run/chatops.sock")]
    public void What_is_no_address_to_ask_is_said(string url) => Assert.Contains($"\"{url}\"", Assert.Throws<SettingsException>(() => HealthCheck.Address(url)).Message);
}
