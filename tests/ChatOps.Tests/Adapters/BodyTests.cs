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
        Assert.Null(await Request(body, saysItsLength).Read(Most, CancellationToken.None));
        Assert.InRange(body.Position, 0, mostRead);
    }

    [Theory]
    [InlineData(true, Most)]
    [InlineData(false, Most)]
    [InlineData(false, 0)]
    public async Task One_that_just_fits_is_read_to_the_end(bool saysItsLength, int length)
    {
        using var body = new CountedBody(length);
        Assert.Equal(length, (await Request(body, saysItsLength).Read(Most, CancellationToken.None))!.Value.Length);
    }

    private static HttpRequest Request(Stream body, bool saysItsLength)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (body, saysItsLength ? body.Length : null);
        return request;
    }

    /// <summary>So many zeros, in pieces as they come over a network.</summary>
    private sealed class CountedBody(int length) : MemoryStream(new byte[length])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 4_000)], cancellationToken);
    }
}
