using Microsoft.Extensions.Logging.Console;

namespace ChatOps.Web;

internal static class Logs
{
    /// <summary>Lets <c>Logging:Console:FormatterName</c> choose: the slim host would always take the simple one. Whichever it is, its lines are clean.</summary>
    public static IServiceCollection AddLogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging => logging.AddJsonConsole());
        foreach (var formatter in services.Where(service => service.ServiceType == typeof(ConsoleFormatter)).ToList())
        {
            services.Remove(formatter);
            services.AddSingleton<ConsoleFormatter>(provider => new CleanLines((ConsoleFormatter)ActivatorUtilities.CreateInstance(provider, formatter.ImplementationType!)));
        }

        return services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = configuration["Logging:Console:FormatterName"] ?? ConsoleFormatterNames.Simple);
    }
}
