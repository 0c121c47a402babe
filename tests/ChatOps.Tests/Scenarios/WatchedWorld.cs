using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Ethereum;
using ChatOps.Tests.Fakes.Ethereum;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Scenarios;

/// <summary>A bot that watches Status's public contracts on a chain that a scenario tells.</summary>
internal sealed class WatchedWorld : IAsyncDisposable
{
    public static readonly Address Snt = Address.Parse("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E");
    public static readonly Address Controller = Address.Parse("0x52aE2B53C847327f95A5084a7C38c0adb12fD302");
    public static readonly Address Community = Address.Parse("0xBBF0cC1C63F509d48a4674e270D26d80cCAF6022");
    public static readonly Address Research = Address.Parse("0xA646E29877d52B9e2De457ECa09C724fF16D0a2B");
    public static readonly Address Ana = Address.Parse("0x00000000000000000000000000000000000000a1");
    public static readonly Address Bob = Address.Parse("0x00000000000000000000000000000000000000b0");
    public static readonly Address Attacker = Address.Parse("0x000000000000000000000000000000000000bad0");

    private const string Transferred = "Transfer(address,address,uint256)";

    public required World World { get; init; }

    public required ToldChain Chain { get; init; }

    public static async Task<WatchedWorld> Begin(params string[] settings)
    {
        var chain = new ToldChain();
        var world = await World.BeginWith(
            services =>
            {
                // The scenario itself brings what a follower would bring.
                foreach (var follower in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(ChainFollower)).ToList())
                {
                    services.Remove(follower);
                }

                services.RemoveAll<IChainClient>();
                services.AddSingleton<IChainClient>(chain);
            },
            ["--Chains:0:Name=main", "--Chains:0:ChainId=1", "--Chains:0:RpcUrls:0=http://127.0.0.1:1/", .. settings]);
        return new() { World = world, Chain = chain };
    }

    public ITransactionIntake Intake => World.Services.GetRequiredService<ITransactionIntake>();

    public Task Receives(params TouchingTransaction[] transactions) => Intake.Receive(transactions, CancellationToken.None);

    public Task Passes(BlockRef block) => Intake.Passed(Chain, block, CancellationToken.None);

    /// <summary>Somebody who holds SNT moves some.</summary>
    public TouchingTransaction Transfer(BlockRef block, Address from, Address to, BigInteger amount) => Chain.Makes(
        block, from, Snt, Abi.Encode("transfer(address,uint256)", to, amount), [Snt], logs: Moved(Snt, from, to, amount));

    /// <summary>Somebody tries to make tokens and may not.</summary>
    public TouchingTransaction Mint(long block) =>
        Chain.Makes(Chain.Block(block), Attacker, Snt, Abi.Encode("generateTokens(address,uint256)", Attacker, 1000), [Snt], succeeded: false);

    public static ChainLog Moved(Address token, Address from, Address to, BigInteger amount) => ToldChain.Log(token, Transferred, [Word.Of(from), Word.Of(to)], "(uint256)", amount);

    public static ChainLog Submission(int number) => ToldChain.Log(Community, "Submission(uint256)", [Word.Of((BigInteger)number)]);

    public static ChainLog Confirmation(Address by, int number) => ToldChain.Log(Community, "Confirmation(address,uint256)", [Word.Of(by), Word.Of((BigInteger)number)]);

    public static ChainLog Execution(int number) => ToldChain.Log(Community, "Execution(uint256)", [Word.Of((BigInteger)number)]);

    public async ValueTask DisposeAsync() => await World.DisposeAsync();
}
