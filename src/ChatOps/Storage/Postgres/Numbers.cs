using System.Collections.Concurrent;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// Draws numbers. Each draw is on the server's disk before anybody has a number of it: this program outlives a crash of the server, and a number in its hands
/// that the server has forgotten would be given to somebody else, too. Whoever asks while a draw is under way shares the next one.
/// </summary>
internal sealed class Numbers(Database database)
{
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public Task<long> Next(string series, CancellationToken cancel) =>
        _series.GetOrAdd(series, name => new Series(count => Draw(name, count))).Next().WaitAsync(cancel);

    /// <returns>The last of so many numbers. Should an answer be lost and it be done again, there is a gap.</returns>
    private Task<long> Draw(string series, int count) => database.Do(async (connection, stop) =>
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO chatops.counters AS held (series, last) VALUES ($1, $2) ON CONFLICT (series) DO UPDATE SET last = held.last + $2 RETURNING last",
            connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Escape.Text(series) }, new NpgsqlParameter<long> { TypedValue = count } },
        };
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }, CancellationToken.None);

    private sealed class Series(Func<int, Task<long>> draw)
    {
        private readonly Lock _lock = new();
        private List<TaskCompletionSource<long>> _waiting = [];
        private bool _drawing;

        public Task<long> Next()
        {
            var number = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _waiting.Add(number);
                if (!_drawing)
                {
                    _drawing = true;
                    _ = Task.Run(DrawAll);
                }
            }

            return number.Task;
        }

        private async Task DrawAll()
        {
            while (Take() is { Count: > 0 } callers)
            {
                try
                {
                    var first = await draw(callers.Count) - callers.Count + 1;
                    for (var i = 0; i < callers.Count; i++)
                    {
                        callers[i].SetResult(first + i);
                    }
                }
                catch (Exception failure)
                {
                    callers.ForEach(caller => caller.SetException(failure));
                }
            }
        }

        private List<TaskCompletionSource<long>> Take()
        {
            lock (_lock)
            {
                var callers = _waiting;
                _waiting = [];
                _drawing = callers.Count > 0;
                return callers;
            }
        }
    }
}
