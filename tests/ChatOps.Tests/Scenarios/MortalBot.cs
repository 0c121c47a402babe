using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Core.Storage;

namespace ChatOps.Tests.Scenarios;

/// <summary>A bot as its users have it: when it is gone somebody starts it again, on the same file, and they ask once more.</summary>
/// <param name="first">Runs the bot that may have to die.</param>
/// <param name="spare">Runs it after that.</param>
/// <param name="file">Its database.</param>
/// <param name="chat">The address of its other chat.</param>
/// <param name="deadly">Where it dies, or null.</param>
internal sealed class MortalBot(BotProcess first, BotProcess spare, string file, Uri chat, string? deadly) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private Uri? _address;
    private int _minutesAhead;

    /// <summary>Settings of its own, from its next start on.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    /// <summary>The process that it runs in now.</summary>
    public BotProcess Process { get; private set; } = first;

    public bool HasDied => Process == spare;

    public async Task<string> Get(string path) => await Ask(address => _http.GetAsync(new Uri(address, path)));

    public async Task<string> Post(string path, object body) => await Ask(address => _http.PostAsJsonAsync(new Uri(address, path), body));

    /// <summary>Asks once; false when there was no answer.</summary>
    public async Task<bool> TryPost(string path, object body) => await AskOnce(address => _http.PostAsJsonAsync(new Uri(address, path), body)) is not null;

    /// <summary>
    /// Stops it. False when it died instead, and has to be asked anew: what it does last can be seen before the process comes to the point after it, where it was told to die.
    /// </summary>
    public async Task<bool> Stop() => await Process.Stop() || await Died();

    /// <summary>Lets time pass at once. A bot that has been started again lives in that time too.</summary>
    public async Task SetAhead(int minutes)
    {
        _minutesAhead = minutes;
        await Post($"{BotChild.AheadPath}{minutes}", new { });
    }

    public async Task<BotState> State() => JsonSerializer.Deserialize<BotState>(await Get(BotChild.StatePath), StoredJson.Options)!;

    /// <summary>Waits until it has come so far.</summary>
    public async Task When(Predicate<BotProgress> isSo, string what)
    {
        var asked = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var progress = JsonSerializer.Deserialize<BotProgress>(await Get(BotChild.ProgressPath), StoredJson.Options)!;
            if (isSo(progress))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(asked) > Patience)
            {
                throw new TimeoutException($"Waited too long for: {what}. There are {progress} and {string.Join('\n', (await State()).Documents)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> Ask(Func<Uri, Task<HttpResponseMessage>> ask)
    {
        while (true)
        {
            if (await AskOnce(ask) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>The answer; null when it died instead. Then it runs again.</summary>
    private async Task<string?> AskOnce(Func<Uri, Task<HttpResponseMessage>> ask)
    {
        if ((_address ??= await Process.Run(file, chat, _minutesAhead, HasDied ? null : deadly, Settings)) is { } address)
        {
            try
            {
                using var answer = await ask(address);
                var text = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {text}");
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                // It is dead, or else it is broken.
            }
        }

        await Died();
        return null;
    }

    /// <returns>False, always: the next one runs when it is asked something.</returns>
    private async Task<bool> Died()
    {
        await Process.Gone.WaitAsync(Patience);
        if (HasDied)
        {
            throw new InvalidOperationException($"It died although nobody had told it to. {string.Join('\n', Process.Errors)}");
        }

        (Process, _address) = (spare, null);
        return false;
    }
}
