using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>One line of people taking turns. It is a history: what was true stays in it, what is planned stands at its end.</summary>
public sealed record Layer
{
    /// <param name="name">What people call it, such as primary.</param>
    /// <param name="revisions">At least one, by rising <see cref="Revision.From"/>; of two with the same From the later counts.</param>
    /// <exception cref="ArgumentException">No revision, or out of order.</exception>
    public Layer(string name, IReadOnlyList<Revision> revisions)
    {
        if (revisions.Count == 0)
            throw new ArgumentException("A layer has at least one revision.", nameof(revisions));
        for (var i = 1; i < revisions.Count; i++)
        {
            if (revisions[i].From < revisions[i - 1].From)
                throw new ArgumentException("A layer's revisions stand in the order of their From.", nameof(revisions));
        }

        Name = name;
        Revisions = revisions;
    }

    public string Name { get; }

    public IReadOnlyList<Revision> Revisions { get; }

    /// <summary>The layer with its future replaced: what has come into force by <paramref name="now"/> stays to the letter, what was planned gives way.</summary>
    internal Layer Replan(Instant now, IEnumerable<Revision> planned) => new(Name, [.. Revisions.Where(revision => revision.From <= now), .. planned]);
}
