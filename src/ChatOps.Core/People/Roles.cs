namespace ChatOps.Core.People;

/// <summary>
/// Who has which role, from <c>Roles:Admins</c> and <c>Roles:Responders</c>: names of people, as their ids are made from them.
/// A list that is not set lets everybody in where <paramref name="openAdmins"/> says so (the local chat alone) or where it is the responders'.
/// An admin may do what a responder may.
/// </summary>
public sealed class Roles(IReadOnlyList<string>? admins, IReadOnlyList<string>? responders, bool openAdmins)
{
    /// <summary>The ids of those whom the settings name as admins; empty while nobody is.</summary>
    public IReadOnlyList<string> NamedAdmins { get; } = [.. (admins ?? []).Select(IdOf).Distinct()];

    /// <summary>Whether the settings name them: what is one person's own is not everybody's where all are admins because nobody is named.</summary>
    public bool IsNamedAdmin(Person person) => NamedAdmins.Contains(person.Id);

    public bool Has(Person person, Role role) => role switch
    {
        Role.Everyone => true,
        Role.Responder => responders is null || Names(responders, person) || Has(person, Role.Admin),
        _ => admins is null ? openAdmins : Names(admins, person),
    };

    /// <summary>What somebody without the role is told.</summary>
    public string Refusal(Role role) => role == Role.Admin && admins is null
        ? "That is for admins, and nobody is one yet: name them in the setting Roles:Admins."
        : $"That is for {(role == Role.Admin ? "admins" : "responders")} only: {string.Join(", ", (role == Role.Admin ? admins : responders) ?? [])}.";

    // Not by e-mail: what people say of themselves must not make them admins.
    private static bool Names(IReadOnlyList<string> list, Person person) => list.Any(entry => IdOf(entry) == person.Id);

    private static string IdOf(string entry) => PeopleDirectory.IdOf(entry.TrimStart('@'));
}
