using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>files.*: a URL to send the bytes to, the bytes, and the end. The real end takes a while; here the file is shared at once.</summary>
internal static class FileMethods
{
    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("files.getUploadURLExternal", ApiMethod.Tier4, "files:write", "filename length alt_txt snippet_type", Announce) { TakesJson = false },
        new("files.completeUploadExternal", ApiMethod.Tier4, "files:write", "files channel_id channels thread_ts initial_comment blocks", Complete),
    ];

    /// <summary>The upload itself: bytes as they are, or one part of a multipart form.</summary>
    public static async Task<IResult> Upload(Workspace workspace, string id, HttpRequest request)
    {
        if (workspace.Files.Find(id) is not { } file)
        {
            return Results.NotFound();
        }

        await using var bytes = new MemoryStream();
        if (request.HasFormContentType)
        {
            await (await request.ReadFormAsync()).Files.Single().CopyToAsync(bytes);
        }
        else
        {
            await request.Body.CopyToAsync(bytes);
        }

        if (bytes.Length != file.Length)
        {
            workspace.IsInvalid("upload", $"{file.Name} was announced with {file.Length} bytes and has {bytes.Length}");
            return Results.BadRequest();
        }

        file.Bytes = bytes.ToArray();
        return Results.Text($"OK - {file.Length}");
    }

    private static JsonObject Announce(ApiCall call)
    {
        var file = call.Workspace.Files.Announce(call.Need("filename"), call.Number("length", 0, int.MaxValue));
        return file.Length == 0
            ? throw new Refusal("invalid_arguments", "[ERROR] missing required field: length")
            : new JsonObject { ["upload_url"] = $"{call.Workspace.Address}/upload/v1/{file.Id}", ["file_id"] = file.Id };
    }

    private static JsonObject Complete(ApiCall call)
    {
        var given = call.List("files") ?? throw new Refusal("invalid_arguments", "[ERROR] missing required field: files");
        var files = given.OfType<JsonObject>().Select(each => (File: call.Workspace.Files.Find((string?)each["id"] ?? "") ?? throw new Refusal("file_not_found"), Title: (string?)each["title"])).ToList();
        if (files.Any(each => each.File.Bytes is null))
        {
            throw new Refusal("file_not_found", "[ERROR] its bytes were not sent");
        }

        var blocks = call.List("blocks");
        if (blocks?.OfType<JsonObject>().Any(block => (string?)block["type"] == "markdown") == true)
        {
            throw new Refusal("internal_error", "[ERROR] Slack cannot share a file with a markdown block");
        }

        BlockKit.CheckMessage(blocks);
        var channels = call.Ids("channels").Concat(call.Ids("channel_id")).Select(id => Reached(call, id)).ToList();
        foreach (var (file, title) in files)
        {
            (file.Shared, file.Title) = (true, title ?? file.Name);
        }

        foreach (var channel in channels)
        {
            call.Workspace.Messages.Add(new FakeSlackMessage(call.Workspace, channel.Id, Workspace.BotUser, call.Text("initial_comment") ?? "")
            {
                Blocks = blocks,
                Thread = call.Text("thread_ts"),
                Files = [.. files.Select(each => each.File.Id)],
            });
        }

        return new JsonObject { ["files"] = new JsonArray([.. files.Select(each => new JsonObject { ["id"] = each.File.Id, ["title"] = each.File.Title })]) };
    }

    private static FakeChannel Reached(ApiCall call, string id) => call.Workspace.Channels.ById(id) switch
    {
        null or { SeenByBot: false } => throw new Refusal("channel_not_found"),
        { HasBot: false } => throw new Refusal("not_in_channel"),
        var channel => channel,
    };
}
