using Microsoft.Extensions.Logging.Console;

namespace ChatOps.Web;

internal static class Logs
{
    /// <summary>Lets <c>Logging:Console:FormatterName</c> choose: the slim host would always take the simple one.</summary>
    public static IServiceCollection AddLogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging => logging.AddJsonConsole());
        return services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = configuration["Logging:Console:FormatterName"] ?? ConsoleFormatterNames.Simple);
    }
}
