using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Contracts;

/// <summary>ABIs that settings name by a file: JSON as the compiler writes it.</summary>
internal static class AbiFiles
{
    /// <param name="file">A relative name starts at the folder of appsettings.json.</param>
    /// <param name="contentRoot">That folder.</param>
    public static AbiJsonReading Read(string file, string contentRoot)
    {
        var path = Path.Combine(contentRoot, file);
        try
        {
            return AbiJson.Read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(null, [$"the file {path} cannot be read"]);
        }
    }
}
