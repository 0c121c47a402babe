using ChatOps.Core.Decisions;
using ChatOps.Core.Incidents;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

internal sealed partial class World
{
    /// <summary>Stores a post-mortem's text: without its words it cannot be published.</summary>
    public async Task WritesUp(string postmortem, string text)
    {
        var postmortems = Services.GetRequiredService<PostmortemService>();
        var begun = (await postmortems.Find(postmortem, CancellationToken.None))!;
        Assert.IsType<Decision<Postmortem>.Changed>(await postmortems.Edit(postmortem, text, begun.Version, CancellationToken.None));
    }
}
