using ChatOps.Benchmarks.Chains;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>
/// A follower that dies before and after each thing that it does, while the chain goes on and is reorganised: another one that begins with what is stored ends with exactly
/// what the chain holds.
/// </summary>
public sealed class ChainDeathTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whenever_it_dies_each_transaction_stands_once_where_the_chain_has_it(int seed)
    {
        var moments = await Live(seed, deadly: int.MaxValue);
        Assert.True(moments > 30, $"{moments} moments are no story");
        for (var deadly = 0; deadly < moments; deadly++)
        {
            await Live(seed, deadly);
        }
    }

    /// <returns>How many moments there were to die at.</returns>
    private static async Task<int> Live(int seed, int deadly)
    {
        var (chain, traffic) = (new MadeChain { FinalDepth = 1000 }, new MadeTraffic(seed));
        var time = Began;
        await using var node = await FaultyNode.Before(body => Task.FromResult(chain.Answer(body)));
        await using var followed = new FollowedChain(chain.ChainId, [node.Url], patience: TimeSpan.FromSeconds(20)); // nothing hangs here, whatever else the machine does
        followed.Intake.Addresses.Add(traffic.Watched);
        var (moment, isDead) = (0, false);
        followed.Intake.Point = name =>
        {
            isDead |= moment++ == deadly;
            if (isDead)
            {
                throw new IOException($"dead {name}");
            }
        };
        Mine(3);
        for (var chapter = 0; chapter < 8; chapter++)
        {
            // Partly read before the next happens: what was read last may be what goes.
            await followed.Turn();
            if (isDead)
            {
                (isDead, deadly) = (false, int.MaxValue);
                followed.Start();
            }

            if (traffic.Next(2) == 0)
            {
                Mine(1 + traffic.Next(3));
            }
            else
            {
                Reorganise(1 + traffic.Next(4));
            }
        }

        var head = chain.Blocks[^1];
        await followed.Until(
            async () =>
            {
                if (isDead)
                {
                    (isDead, deadly) = (false, int.MaxValue);
                    followed.Start();
                }

                return await followed.Cursor is { Gone.Count: 0 } cursor && cursor.Tip?.Hash == head.Hash;
            },
            "The head was not reached.");
        var truth = chain.Blocks.SelectMany(block => block.Transactions.Where(each => MadeTraffic.Touches(each, traffic.Watched)).Select(each => (each.Hash, Block: block.Hash, each.Succeeded)));
        Assert.Equal(
            truth.OrderBy(each => each.Hash.ToString(), StringComparer.Ordinal),
            followed.Intake.Standing.Values.Select(each => (each.Transaction.Hash, Block: each.Block.Hash, each.Receipt.Succeeded)).OrderBy(each => each.Hash.ToString(), StringComparer.Ordinal));
        Assert.Equal(chain.Blocks.Select(block => block.Number), followed.Intake.Read.Distinct().Order());
        return moment;

        void Mine(int blocks)
        {
            for (var i = 0; i < blocks; i++)
            {
                chain.Mine(time = time.AddSeconds(12), traffic.Some(3));
            }
        }

        // Some of what stood there comes again, in another order or later; some vanishes, some is new.
        void Reorganise(int depth)
        {
            var pool = chain.Drop(Math.Min(depth, chain.Blocks.Count - 1)).Where(_ => traffic.Next(3) > 0).ToList();
            for (var i = 0; i < depth + 1; i++)
            {
                var some = pool.Take(1 + traffic.Next(2)).ToList();
                pool.RemoveRange(0, some.Count);
                chain.Mine(time = time.AddSeconds(12), [.. some, .. traffic.Some(1)]);
            }
        }
    }
}
