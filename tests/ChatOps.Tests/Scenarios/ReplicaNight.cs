using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>What comes in from outside while replicas die: monitoring that sends until it is answered 2xx, and people who press buttons.</summary>
internal sealed class ReplicaNight(HttpClient bot, int alerts, TimeSpan length)
{
    public const int Channels = 250;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, bool> _pressed = new();
    private int _sent;

    /// <summary>How often the hooks were posted to.</summary>
    public int Posts => _sent;

    public static string ChannelOf(int alert) => $"team-{alert % Channels}";

    /// <summary>Every tenth team has timers that run while all this happens, the second of them rings the pager.</summary>
    public static IEnumerable<string> Settings =>
    [
        "--Policies:default:Steps:0:After=0", "--Policies:default:Steps:0:Tell=oncall",
        "--Policies:calm:Steps:0:After=0", "--Policies:calm:Steps:0:Tell=oncall", "--Policies:calm:Steps:1:After=01:00:00", "--Policies:calm:Steps:1:Tell=everyone",
        "--Policies:hasty:Steps:0:After=0", "--Policies:hasty:Steps:0:Tell=oncall", "--Policies:hasty:Steps:1:After=00:00:03", "--Policies:hasty:Steps:1:Tell=everyone",
        "--Policies:hasty:Steps:2:After=00:00:03", "--Policies:hasty:Steps:2:Tell=pager",
        "--Policies:hasty:Steps:3:After=01:00:00", "--Policies:hasty:Steps:3:Tell=everyone",
        .. Enumerable.Range(0, Channels).SelectMany(channel => new[]
        {
            $"--Routes:{channel}:Match:team=team-{channel}", $"--Routes:{channel}:Channel=team-{channel}", $"--Routes:{channel}:Policy={(channel % 10 == 0 ? "hasty" : "calm")}",
        }),
    ];

    public async Task Work()
    {
        foreach (var user in new[] { "igor", "ana" })
        {
            await Press("/local/command", new { user, channel = "on-call", text = "/oncall join" });
        }

        var sending = Task.WhenAll(Enumerable.Range(0, alerts).Select(Send));
        while (!sending.IsCompleted)
        {
            await PressButtons();
            await Task.WhenAny(sending, Task.Delay(Look, TimeProvider.System));
        }

        await sending;
    }

    /// <summary>Null while nobody can tell.</summary>
    public Task<ReplicaState?> State() => Ask<ReplicaState>(ReplicaChild.StatePath);

    /// <summary>Null while nobody can tell.</summary>
    public Task<ReplicaProgress?> Progress() => Ask<ReplicaProgress>(ReplicaChild.ProgressPath);

    private async Task<T?> Ask<T>(string path)
    {
        using var answer = await bot.GetAsync(path);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(StoredJson.Options) : default;
    }

    private async Task Send(int number)
    {
        await Task.Delay(length / alerts * number, TimeProvider.System);
        var body = AlertmanagerHook.Firing($"alert-{number}", new() { ["team"] = ChannelOf(number) });
        while (true)
        {
            Interlocked.Increment(ref _sent);
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await bot.PostAsync("/hooks/alertmanager", content);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(Again, TimeProvider.System);
        }
    }

    /// <summary>Every seventh alert is acknowledged, every eleventh is escalated by hand, as soon as somebody sees it.</summary>
    private async Task PressButtons()
    {
        foreach (var alert in (await State())?.Alerts ?? [])
        {
            var number = int.Parse(alert.Title["alert-".Length..]);
            var action = number % 7 == 0 ? "ack" : number % 11 == 0 ? "escalate" : null;
            if (action is not null && _pressed.TryAdd(alert.Id, true))
            {
                await Press("/local/action", new { user = number % 2 == 0 ? "igor" : "ana", messageId = "reply-1", actionId = action, value = alert.Id });
            }
        }
    }

    private async Task Press(string path, object body)
    {
        while (true)
        {
            using var answer = await bot.PostAsJsonAsync(path, body);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(Again, TimeProvider.System);
        }
    }
}
