using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The numbered layouts of <see cref="Fields"/>; a file keeps its number in LiteDB's USER_VERSION. An older file is brought up to date when it is opened: on a
/// copy, which then takes its place, so that a program killed anywhere in between finds either file whole and does it again.
/// </summary>
/// <param name="steps">The first makes layout 2 of layout 1, and so on. A step sees the file with nothing else in it changed, and need not be quick.</param>
internal sealed class Layouts(params IReadOnlyList<Action<LiteEngine>> steps)
{
    /// <summary>Those that there are. A new layout is one more step here.</summary>
    public static Layouts All { get; } = new();

    public int Newest => steps.Count + 1;

    /// <summary>Told of each thing done to the files, for tests that stop it there.</summary>
    public Action<string> Done { get; init; } = _ => { };

    public void RefuseNewer(DatabaseFiles files)
    {
        if (files.Header.Layout > Newest)
        {
            throw new StoreException($"The database file {files.Path} was written by a newer version of this program (layout {files.Header.Layout}, this one knows {Newest}); it was left as it is. Start that version, or restore a backup that this one made");
        }
    }

    /// <summary>The files with the newest layout. The file as it was is kept beside, as <c>name.layout-1</c>.</summary>
    public DatabaseFiles Bring(DatabaseFiles files)
    {
        RefuseNewer(files);
        var layout = files.Header.Layout;
        if (files.IsEmpty || layout == 0 || layout == Newest)
        {
            return files;
        }

        // The original is to be one whole file: its log goes into it as at any checkpoint.
        PlainEngine.Run(files.Data, files.Log, _ => { });
        Done("folded");
        using var next = new NewFile(files.Path, replace: true);
        Copy(files.Data, next.File);
        Done("copied");
        Lift(layout, next);
        Done("lifted");
        Folder.Keep(files.Path, FreeName($"{files.Path}.layout-{layout}"));
        Done("kept");
        next.Place();
        Done("placed");
        return files.With(next.Take());
    }

    private static void Copy(IDiskFile from, DiskFile to)
    {
        var chunk = new byte[1 << 20];
        for (var position = 0L; from.Read(chunk, position) is > 0 and var read; position += read)
        {
            to.Write(chunk.AsSpan(0, read), position);
        }
    }

    private static string FreeName(string name) =>
        Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? name : $"{name}.{i}").First(candidate => !File.Exists(candidate));

    private void Lift(int layout, NewFile file)
    {
        var name = file.Partial + "-log";
        using (var log = new DiskFile(name))
        {
            log.SetLength(0);
            PlainEngine.Run(file.File, log, engine =>
            {
                foreach (var step in steps.Skip(layout - 1))
                {
                    step(engine);
                }

                engine.Pragma("USER_VERSION", Newest);
            });
        }

        File.Delete(name);
    }
}
