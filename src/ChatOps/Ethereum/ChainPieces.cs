using ChatOps.Core.Contracts;

namespace ChatOps.Ethereum;

/// <summary>
/// Reads a stretch of a chain piece by piece, the next ones on their way while one is taken in. Whether each stands on the one before it is for whoever takes them in to see.
/// </summary>
internal sealed class ChainPieces(BlockReader reader, Func<IReadOnlySet<Address>> watched, CancellationToken cancel) : IAsyncDisposable
{
    private const int AtOnce = 4;
    private const int MostTogether = 100;

    private readonly Queue<Task<IReadOnlyList<ReadBlock>>> _coming = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);

    /// <param name="first">The first block.</param>
    /// <param name="last">The last.</param>
    /// <param name="settled">Those up to this one are settled.</param>
    public async IAsyncEnumerable<IReadOnlyList<ReadBlock>> Read(long first, long last, long settled)
    {
        while (first <= last || _coming.Count > 0)
        {
            Ask();
            var piece = await _coming.Dequeue();
            // What has come meanwhile and cannot change is taken in with it: each time costs a commit.
            while (piece.Count < MostTogether && _coming.TryPeek(out var coming) && coming.IsCompletedSuccessfully && await coming is var next && next[^1].Block.Number <= settled && next[0].Block.Parent == piece[^1].Block.Hash)
            {
                piece = [.. piece, .. await _coming.Dequeue()];
            }

            Ask();
            yield return piece;
        }

        void Ask()
        {
            while (first <= last && _coming.Count < AtOnce)
            {
                var isSettled = first <= settled;
                var count = (int)Math.Min(reader.GoodCount, (isSettled ? Math.Min(settled, last) : last) - first + 1);
                _coming.Enqueue(reader.Read(first, count, watched(), isSettled, _stop.Token));
                first += count;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var piece in _coming)
        {
            await piece.ContinueWith(_ => { }, TaskScheduler.Default); // what it would have said nobody asks for
        }

        _stop.Dispose();
    }
}
