using ChatOps.Http;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Adapters;

/// <summary>How much of a request's body is read.</summary>
public sealed class BodyTests
{
    private const int Most = 1024 * 1024;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, Most + 1)]
    public async Task One_that_is_too_long_is_left_where_the_limit_is(bool saysItsLength, long mostRead)
    {
        using var body = new CountedBody(25_000_000);
        Assert.Null(await Request(body, saysItsLength).Read(Most, null, CancellationToken.None));
        Assert.InRange(body.Position, 0, mostRead);
    }

    [Theory]
    [InlineData(true, Most)]
    [InlineData(false, Most)]
    [InlineData(false, 0)]
    public async Task One_that_just_fits_is_read_to_the_end(bool saysItsLength, int length)
    {
        using var body = new CountedBody(length);
        Assert.Equal(length, (await Request(body, saysItsLength).Read(Most, null, CancellationToken.None))!.Value.Length);
    }

    [Fact]
    public async Task What_a_sender_says_of_the_length_costs_nothing()
    {
        using var body = new CountedBody(Most, left: 1);
        var request = Request(body, saysItsLength: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await Assert.ThrowsAsync<IOException>(() => request.Read(Most, null, CancellationToken.None));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_there_is_no_room_a_long_body_is_to_come_again_and_a_short_one_is_read(bool saysItsLength)
    {
        var room = new BodyRoom(100_000);
        using var huge = new CountedBody(Most);
        var fault = await Assert.ThrowsAsync<BadHttpRequestException>(() => Request(huge, saysItsLength).Read(Most, room, CancellationToken.None));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, fault.StatusCode);
        Assert.InRange(huge.Position, 0, 120_000);
        Assert.True(room.TryTake(1));
        while (room.TryTake(1_000))
        {
            // Until all of it is taken.
        }

        using var little = new CountedBody(16_000);
        Assert.NotNull(await Request(little, saysItsLength).Read(Most, room, CancellationToken.None));
    }

    private static HttpRequest Request(Stream body, bool saysItsLength)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (body, saysItsLength ? body.Length : null);
        return request;
    }

    /// <summary>So many zeros, in pieces as they come over a network.</summary>
    /// <param name="length">How many it says.</param>
    /// <param name="left">After so many the connection breaks.</param>
    private sealed class CountedBody(int length, int left = int.MaxValue) : MemoryStream(new byte[length])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position >= left
            ? throw new IOException("It broke.")
            : base.ReadAsync(buffer[..Math.Min(Math.Min(buffer.Length, 4_000), left)], cancellationToken);
    }
}
