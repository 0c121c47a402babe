using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What the API does wrong when it is told to: for the next call of any method, or of one.</summary>
internal sealed class ApiFaults(Workspace workspace) : IDisposable
{
    private const string Any = "";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Faults> _faults = [];
    private readonly Dictionary<string, Queue<(int Status, string Error)>> _answers = [];
    private DateTimeOffset _downUntil = DateTimeOffset.MinValue;

    public void NextTime(Fault fault) => Of(Any).NextTime(fault);

    public void NextTime(string method, Fault fault) => Of(method).NextTime(fault);

    /// <summary>The next call of the method is answered with that status and <c>ok: false</c>.</summary>
    public void NextAnswer(string method, int status, string error)
    {
        lock (_lock)
        {
            if (!_answers.TryGetValue(method, out var answers))
            {
                _answers[method] = answers = new Queue<(int, string)>();
            }

            answers.Enqueue((status, error));
        }
    }

    /// <summary>No connection holds until then.</summary>
    public void DownFor(TimeSpan span) => _downUntil = workspace.Clock.GetUtcNow() + span;

    public async Task Meet(HttpContext context, string method, RequestDelegate next)
    {
        if (workspace.Clock.GetUtcNow() < _downUntil)
        {
            context.Abort();
            return;
        }

        if (NextAnswer(method) is { } answer)
        {
            context.Response.StatusCode = answer.Status;
            await context.Response.WriteAsJsonAsync(new { ok = false, error = answer.Error });
            return;
        }

        await Of(Any).Meet(context, met => Of(method).Meet(met, next));
    }

    public Task Close()
    {
        lock (_lock)
        {
            return Task.WhenAll(_faults.Values.Select(faults => faults.Close()));
        }
    }

    public void Dispose() => _faults.Values.ToList().ForEach(faults => faults.Dispose());

    private Faults Of(string method)
    {
        lock (_lock)
        {
            return _faults.TryGetValue(method, out var faults) ? faults : _faults[method] = new Faults();
        }
    }

    private (int Status, string Error)? NextAnswer(string method)
    {
        lock (_lock)
        {
            return _answers.TryGetValue(method, out var answers) && answers.TryDequeue(out var answer) ? answer : null;
        }
    }
}
