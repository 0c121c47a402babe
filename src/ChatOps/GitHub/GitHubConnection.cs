using Octokit;
using Octokit.Internal;

namespace ChatOps.GitHub;

/// <summary>Octokit, put together so that it asks where the settings say and never waits for ever.</summary>
internal static class GitHubConnection
{
    /// <summary>How long one call may take, its answer's last byte included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // A connection is kept for so long: behind one that lives for ever GitHub could not move to another address.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A connection takes the address as it is given; a <see cref="GitHubClient"/> would put <c>/api/v3/</c> in the place of the path of every host but
    /// api.github.com. Redirects (a repository that was renamed, an issue that was moved) are Octokit's: it repeats a POST as one, and takes the token to no other host.
    /// </summary>
    public static Connection Open(GitHubSettings settings, TimeSpan? patience = null)
    {
        var connection = new Connection(
            new ProductHeaderValue("ChatOps"),
            settings.ApiBaseUrl,
            new InMemoryCredentialStore(settings.Token is { } token ? new Credentials(token) : Credentials.Anonymous),
            new HttpClientAdapter(() => new WholeAnswers { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife, AllowAutoRedirect = false } }),
            new SimpleJsonSerializer());
        connection.SetRequestTimeout(patience ?? Patience);
        return connection;
    }

    /// <summary>Octokit's timeout ends with an answer's headers, and its body is read without one. So the body is here before the headers are handed on.</summary>
    private sealed class WholeAnswers : DelegatingHandler
    {
        // A hundred issues, each with as long a body as GitHub takes.
        private const long Most = 64 * 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(Most, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
