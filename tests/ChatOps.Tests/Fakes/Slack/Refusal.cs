namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The API's <c>ok: false</c>.</summary>
/// <param name="error">Slack's word for it.</param>
/// <param name="messages">What response_metadata says about the arguments. Where there are some, the call itself was wrong, and is recorded as invalid.</param>
internal sealed class Refusal(string error, params IReadOnlyList<string> messages) : Exception($"{error} {string.Join("; ", messages)}")
{
    public string Error => error;

    public IReadOnlyList<string> Messages => messages;

    /// <summary>The scope that is missing.</summary>
    public string? Needed { get; init; }
}
