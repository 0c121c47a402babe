using ChatOps.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ChatOps.Tests.Adapters;

/// <summary>What others say is logged, and steers no terminal.</summary>
public sealed class LogLineTests
{
    [Theory]
    [InlineData(ConsoleFormatterNames.Simple)]
    [InlineData(ConsoleFormatterNames.Systemd)]
    [InlineData(ConsoleFormatterNames.Json)]
    public void No_line_carries_a_control_character(string name)
    {
        var line = Line(name, "page first \u001b[2J\0\u009b\u202e", new InvalidDataException("It said \u001b[2J."));
        Assert.DoesNotContain(line, letter => (char.IsControl(letter) && letter is not ('\n' or '\r')) || letter == '\u202e');
        Assert.Contains("u001B[2J", line);
        Assert.Contains(nameof(InvalidDataException), line);
    }

    [Fact]
    public void What_is_clean_stays_as_it_is() => Assert.Contains("igor: Grüße 📌 done", Line(ConsoleFormatterNames.Simple, "igor: Grüße 📌 done", null));

    private static string Line(string name, string message, Exception? fault)
    {
        using var services = new ServiceCollection().AddLogs(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(each => each.Name == name);
        using var written = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Information, "test", default, message, fault, (state, _) => state), null, written);
        return written.ToString();
    }
}
