using System.Diagnostics;

namespace ChatOps.Tests.Scenarios;

/// <summary>What the Dockerfile makes, in a folder that nobody may write to, started as the image's user: by root with setpriv, by anybody else as oneself.</summary>
public sealed class PublishedProgram : IAsyncLifetime
{
    internal const string FolderName = "chatops-published";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory(FolderName).FullName;

    public string App => Path.Combine(_folder, "app");

    /// <summary>The only place for its data; a new one for each test.</summary>
    internal string Data { get; private set; } = "";

    internal static string? OtherUser => Environment.IsPrivilegedProcess ? ImageFile.Ours.User : null;

    public async Task InitializeAsync()
    {
        var source = Path.Combine(_folder, "source");
        await ImageFile.Ours.Build(source, App, (program, args) => Run(source, program, args));
        await Run(_folder, "chmod", "a+rx", _folder);
        await Run(_folder, "chmod", "-R", "a+rX,a-w", App);
    }

    public async Task DisposeAsync()
    {
        await Run("/", "chmod", "-R", "u+w", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A folder that the program's user owns, as a new volume is.</summary>
    internal async Task<string> NewVolume()
    {
        Data = Path.Combine(_folder, $"data-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Data);
        if (OtherUser is { } user)
        {
            await Run(_folder, "chown", $"{user}:{user}", Data);
        }

        return Data;
    }

    /// <summary>Starts what a container would start: the image's entry point and environment, and what its user adds.</summary>
    internal ProgramProcess Start(string[] command, Dictionary<string, string>? settings = null) => ProgramProcess.Start(As(OtherUser, [.. command.Select(Here)], settings));

    /// <summary>Whether that user can do this here: to prove that the folder is what it should be.</summary>
    internal static async Task<bool> Can(params string[] command)
    {
        await using var process = ProgramProcess.Start(As(OtherUser, command, null));
        return await process.Exit() == 0;
    }

    private string Here(string word) => word.Replace("/app/", App + "/", StringComparison.Ordinal);

    private static ProcessStartInfo As(string? user, string[] command, Dictionary<string, string>? settings)
    {
        string[] words = user is null ? command : ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs", .. command];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = "/" };
        start.Environment.Clear();
        var path = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
        foreach (var (name, value) in path.Concat(ImageFile.Ours.Environment).Concat(settings ?? []))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task Run(string folder, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A compiler or a build node that stays behind would keep our end of the pipe open.
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["UseSharedCompilation"]) = ("1", "false");
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        try
        {
            await process.WaitForExitAsync(late.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', args)}\n{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
