namespace ChatOps.Core.People;

/// <summary>
/// Who has which role, from <c>Roles:Admins</c> and <c>Roles:Responders</c>: names of people, as their ids are made from them.
/// A list that is not set lets everybody in where <paramref name="openAdmins"/> says so (the local chat alone) or where it is the responders'.
/// An admin may do what a responder may.
/// </summary>
public sealed class Roles(IReadOnlyList<string>? admins, IReadOnlyList<string>? responders, bool openAdmins)
{
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
    private static bool Names(IReadOnlyList<string> list, Person person) => list.Any(entry => PeopleDirectory.IdOf(entry.TrimStart('@')) == person.Id);
}
