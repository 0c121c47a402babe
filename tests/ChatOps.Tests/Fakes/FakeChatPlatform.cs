using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Tests.Fakes;

/// <summary>The bot's end of <see cref="FakeChat"/>: what the adapter of a remote chat does with a remote chat's answers.</summary>
internal sealed class FakeChatPlatform(Uri address, TimeSpan patience) : IChatPlatform, IDisposable
{
    private static readonly Duration AfterFault = Duration.FromSeconds(1);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = patience };

    public string Name => "fake";

    public int Concurrency { get; init; } = 1;

    public PlatformAbilities Abilities => PlatformAbilities.Buttons | PlatformAbilities.Edit | PlatformAbilities.Threads;

    public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel) =>
        Ask(() => _http.PostAsJsonAsync("messages", BodyOf(message), StoredJson.Options, cancel), Reference, cancel);

    public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) =>
        Ask(() => _http.PutAsJsonAsync($"messages/{Uri.EscapeDataString(reference)}", BodyOf(message), StoredJson.Options, cancel), Reference, cancel);

    public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => Ask(
        () => _http.GetAsync($"history/{Uri.EscapeDataString(message.Channel)}", cancel),
        async answer =>
        {
            var recent = await answer.ReadFromJsonAsync<FakeMessage[]>(StoredJson.Options, cancel);
            return recent!.FirstOrDefault(posted => posted.Token == message.Token) is { } found ? new Delivered.Sent(found.Reference) : new Delivered.NotThere();
        },
        cancel);

    public void Dispose() => _http.Dispose();

    private static object BodyOf(OutgoingMessage message) => new { message.Channel, message.Thread, message.Subject, message.Token, message.Card };

    private static async Task<Delivered> Reference(HttpContent answer) => new Delivered.Sent((await answer.ReadFromJsonAsync<FakeMessage>(StoredJson.Options))!.Reference);

    private static async Task<Delivered> Ask(Func<Task<HttpResponseMessage>> call, Func<HttpContent, Task<Delivered>> read, CancellationToken cancel)
    {
        try
        {
            using var answer = await call();
            return answer switch
            {
                { IsSuccessStatusCode: true } => await read(answer.Content),
                { StatusCode: HttpStatusCode.TooManyRequests } => new Delivered.Later(Duration.FromTimeSpan(answer.Headers.RetryAfter?.Delta ?? AfterFault.ToTimeSpan()), "asked to slow down"),
                { StatusCode: HttpStatusCode.NotFound } => new Delivered.Gone(),
                { StatusCode: >= HttpStatusCode.InternalServerError } => new Delivered.Later(AfterFault, $"answered {(int)answer.StatusCode}"),
                _ => new Delivered.Never($"answered {(int)answer.StatusCode}"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Delivered.Later(AfterFault, fault.Message);
        }
    }
}
