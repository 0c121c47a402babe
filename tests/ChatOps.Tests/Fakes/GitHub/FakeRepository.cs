namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>A repository on <see cref="FakeGitHub"/>, and what the token may do in it.</summary>
internal sealed class FakeRepository(string name)
{
    /// <summary>Owner and name.</summary>
    public string Name { get; } = name;

    /// <summary>Where it is now; its old name leads there.</summary>
    public string? RenamedTo { get; set; }

    public bool HasIssues { get; set; } = true;

    public bool IsArchived { get; set; }

    /// <summary>Without it labels and assignees are dropped without a word.</summary>
    public bool MayPush { get; set; } = true;

    /// <summary>The token's owner sees it.</summary>
    public bool IsVisible { get; set; } = true;

    /// <summary>Those who may be assigned.</summary>
    public List<string> Members { get; } = [];

    public List<string> Labels { get; } = ["bug"];

    /// <summary>In the order of their numbers; pull requests are among them, as on GitHub.</summary>
    public List<FakeIssue> Issues { get; } = [];
}

internal sealed class FakeIssue(int number, string title, string? body, DateTimeOffset createdAt)
{
    public int Number { get; } = number;

    public string Title { get; set; } = title;

    public string? Body { get; set; } = body;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The login of who wrote it.</summary>
    public string Author { get; init; } = FakeGitHub.Owner;

    public List<string> Labels { get; } = [];

    public List<string> Assignees { get; } = [];

    public bool IsClosed { get; set; }

    public bool IsPullRequest { get; init; }

    /// <summary>It was deleted by somebody: 410.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>It was moved to another repository, where it has this number.</summary>
    public (string Repository, int Number)? MovedTo { get; set; }
}
