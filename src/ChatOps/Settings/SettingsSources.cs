namespace ChatOps.Settings;

/// <summary>
/// appsettings.json, then the environment, then the command line. A list that a later source gives replaces the earlier one whole: .NET would merge them by
/// index and leave the rest of the earlier list underneath.
/// </summary>
internal static class SettingsSources
{
    /// <summary>All settings, flat.</summary>
    /// <exception cref="SettingsException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string contentRoot, string[] args)
    {
        var environment = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        IConfigurationRoot sources;
        try
        {
            sources = new ConfigurationBuilder()
                .SetBasePath(contentRoot)
                .AddJsonFile("appsettings.json", optional: true)
                .AddJsonFile($"appsettings.{environment}.json", optional: true)
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables()
                .AddCommandLine(args)
                .Build();
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException([$"{fault.Message} {fault.InnerException?.InnerException?.Message ?? fault.InnerException?.Message}".Trim()]);
        }

        return Merge(sources.Providers.Select(Flatten));
    }

    internal static IReadOnlyDictionary<string, string?> Merge(IEnumerable<IReadOnlyDictionary<string, string?>> sources)
    {
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            foreach (var list in source.Keys.SelectMany(ListsOf).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                foreach (var replaced in merged.Keys.Where(key => ListsOf(key).Contains(list, StringComparer.OrdinalIgnoreCase)).ToList())
                {
                    merged.Remove(replaced);
                }
            }

            foreach (var (key, value) in source)
            {
                merged[key] = value;
            }
        }

        return merged;
    }

    /// <summary>The lists that a key lies in: "Routes:0:Match:job" lies in "Routes".</summary>
    private static IEnumerable<string> ListsOf(string key)
    {
        var parts = key.Split(':');
        return Enumerable.Range(1, parts.Length - 1).Where(i => int.TryParse(parts[i], out _)).Select(i => string.Join(':', parts.Take(i)));
    }

    private static Dictionary<string, string?> Flatten(IConfigurationProvider provider)
    {
        var flat = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Walk(null);
        return flat;

        void Walk(string? parent)
        {
            foreach (var child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var key = parent is null ? child : $"{parent}:{child}";
                if (provider.TryGet(key, out var value) && value is not null)
                {
                    flat[key] = value;
                }

                Walk(key);
            }
        }
    }
}

/// <summary>The settings are wrong: one sentence for each fault. The program ends with exit code 2.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
