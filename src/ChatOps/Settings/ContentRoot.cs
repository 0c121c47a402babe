namespace ChatOps.Settings;

/// <summary>
/// The folder that appsettings.json and relative paths belong to, whatever the working directory: the checkout's root when the program runs from a checkout
/// (`dotnet run`, tests), else the folder of the published program.
/// </summary>
internal static class ContentRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChatOps.sln")) && File.Exists(Path.Combine(folder.FullName, "appsettings.json")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
