using ChatOps.Core.Chat;

namespace ChatOps.Tests.Fakes;

/// <summary>A platform that can kill the process just before a call goes out, and just after its answer has come in.</summary>
internal sealed class DyingPlatform(IChatPlatform platform, Points points) : IChatPlatform
{
    public string Name => platform.Name;

    public PlatformAbilities Abilities => platform.Abilities;

    public int Concurrency => platform.Concurrency;

    public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel) =>
        points.Around($"post of {NameOf(message)}", () => platform.Post(message, cancel));

    public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) =>
        points.Around($"update of {reference} to {NameOf(message)}", () => platform.Update(reference, message, cancel));

    public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) =>
        points.Around($"search for {NameOf(message)}", () => platform.FindPosted(message, cancel));

    private static string NameOf(OutgoingMessage message) => $"{message.Subject}: {PlainText.Of(message.Card).ReplaceLineEndings(" / ")}";
}
