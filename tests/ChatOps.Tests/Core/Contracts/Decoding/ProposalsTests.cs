using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

public sealed class ProposalsTests
{
    private static readonly byte[] Harmless = Abi.Encode("getOwners()");
    private static readonly byte[] Takeover = World.ChangeController(World.Stranger);

    private readonly World _world = new();

    [Fact]
    public void The_number_that_a_wallet_gives_belongs_to_what_was_submitted()
    {
        var learned = Assert.Single(Learn(World.Community, World.Submit(World.Controller, Takeover), [Submission(World.Community, 12)]));
        Assert.Equal((World.Community, 12, World.Controller), (learned.Wallet, (int)learned.Id, learned.Payload.To));
        Assert.Equal(Takeover, learned.Payload.Input.ToArray());
        Assert.Empty(Learn(World.Community, World.Submit(World.Controller, Takeover), [], succeeded: false));
    }

    [Fact]
    public void A_wallet_that_executes_a_submission_to_another_teaches_both_numbers()
    {
        var input = World.Submit(World.Community, World.Submit(World.Controller, Takeover));
        var learned = Learn(World.Research, input, [Submission(World.Research, 1), Submission(World.Community, 12), Execution(World.Research, 1)]);
        Assert.Equal([(World.Research, 1), (World.Community, 12)], learned.Select(each => (each.Wallet, (int)each.Id)).OrderBy(each => each.Item2));
    }

    [Fact]
    public void What_is_only_held_by_a_wallet_is_not_taken_for_what_another_contract_submitted()
    {
        // A batch holds a harmless proposal back and has a contract that nobody knows submit the real one: numbers and calls are as many as one another.
        var held = World.Submit(World.Community, World.Submit(World.Controller, Harmless));
        var batch = World.Batch(World.Entry(0, World.Research, 0, held), World.Entry(0, World.Stranger, 0, [1, 2, 3, 4]));
        var learned = Learn(World.MultiSend, batch, [Submission(World.Research, 5), Submission(World.Community, 12)]);
        Assert.Equal(World.Research, Assert.Single(learned).Wallet);
    }

    [Fact]
    public void Where_the_endpoint_traces_the_calls_that_ran_are_what_counts()
    {
        List<ChainCall> calls =
        [
            new("CALL", 0, World.Stranger, World.Stranger, 0, new byte[] { 1, 2, 3, 4 }, false),
            new("CALL", 1, World.Stranger, World.Community, 0, World.Submit(World.Controller, Harmless), true),
            new("CALL", 1, World.Stranger, World.Community, 0, World.Submit(World.Controller, Takeover), false),
        ];
        var learned = Assert.Single(Learn(World.Stranger, [1, 2, 3, 4], [Submission(World.Community, 12)], calls));
        Assert.Equal(Takeover, learned.Payload.Input.ToArray());
    }

    [Fact]
    public void What_a_wallet_stores_is_read_for_numbers_from_before_it_was_watched()
    {
        var stored = CallPayload.OfStored(Abi.EncodeArguments("(address,uint256,bytes,bool)", World.Controller, 5, Takeover, false));
        Assert.Equal(Takeover, stored!.Input.ToArray());
        Assert.Null(CallPayload.OfStored(ReadOnlyMemory<byte>.Empty));
        Assert.Null(CallPayload.OfStored(Abi.EncodeArguments("(address,uint256,bytes,bool)", Address.Zero, 0, Array.Empty<byte>(), false)));
    }

    private static ChainLog Submission(Address wallet, int id) => World.Log(wallet, "Submission(uint256)", [Word.Of(id)]);

    private static ChainLog Execution(Address wallet, int id) => World.Log(wallet, "Execution(uint256)", [Word.Of(id)]);

    private IReadOnlyList<LearnedProposal> Learn(Address to, byte[] input, IReadOnlyList<ChainLog> logs, IReadOnlyList<ChainCall>? calls = null, bool succeeded = true)
    {
        var transaction = World.Transaction(to, input, logs, calls, succeeded);
        return Proposals.Learned(transaction, _world.Decoder.Decode(transaction.Transaction));
    }
}
